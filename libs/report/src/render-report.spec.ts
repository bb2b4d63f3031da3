import { outcomes, runRecordSchema, type Answers, type RunRecord } from '@spillway/capacity';
import { exampleAnswers, exampleRun } from '@spillway/capacity/testing';
import fc from 'fast-check';
import { arbitraryOf } from './__fixtures__/arbitrary-of.ts';
import { renderReport } from './render-report.ts';

const answersOf = (run: RunRecord): Map<string, Answers> =>
  new Map(run.steps.map((step) => [step.record.name, exampleAnswers(step)]));

const nothingMeasured: Partial<RunRecord> = {
  steps: [],
  calibration: null,
  estimate: null,
  binding: null,
  measurements: null,
  recommendation: null,
  replay: null,
  audit: null,
};

const idsOf = (page: string) => [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);

describe('renderReport', () => {
  const run = exampleRun();
  const page = renderReport(run, answersOf(run));

  it('shows the verdict, every limit and its reason before anything else', () => {
    const headline = page.indexOf('Verified: 912 requests/s with bursts of 400');
    const limits = page.indexOf('id="limits"');
    expect(headline).toBeGreaterThan(0);
    expect(limits).toBeGreaterThan(headline);
    expect(page.indexOf('<svg')).toBeGreaterThan(limits);
    for (const reason of Object.values(run.recommendation!.reasons)) expect(page).toContain(reason);
  });

  it('has a row for every step, check and burst', () => {
    for (const { record } of run.steps) expect(page).toContain(`<th scope="row">${record.name}</th>`);
    for (const { name } of run.replay!.checks) expect(page).toContain(`<th scope="row">${name}</th>`);
  });

  it('marks the SLO, the proposed limit and the binding constraint in the charts', () => {
    const charts = page.slice(page.indexOf('<svg'), page.lastIndexOf('</svg>'));
    for (const mark of ['>SLO 500 ms<', '>limit 912<', '>function CPU<']) expect(charts).toContain(mark);
  });

  it('draws three charts in two sizes, each with a role, a title and a description', () => {
    const drawings = page.match(/<svg .*?<\/svg>/gs) ?? [];
    expect(drawings).toHaveLength(6);
    for (const svg of drawings) {
      expect(svg).toMatch(
        /^<svg role="img" aria-labelledby="([\w-]+)" aria-describedby="([\w-]+)"[^>]*viewBox/,
      );
      expect(svg).toMatch(/<title id="[\w-]+">[^<]+<\/title><desc id="[\w-]+">[^<]+<\/desc>/);
    }
  });

  it('fetches nothing', () => {
    const addresses = [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(data:,|#.*)$/.test(address!))).toEqual([]);
    expect(page).not.toMatch(/<script|@import|url\((?!#)/);
  });

  it('gives the same bytes for the same run, whatever was drawn before', () => {
    expect(renderReport(run, answersOf(run))).toBe(page);
  });

  it('has unique ids, and every reference inside a drawing has its target', () => {
    const ids = idsOf(page);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of page.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(id);
  });

  it('escapes what comes from outside', () => {
    const evil = '"><script>alert(1)</script>';
    const attacked = renderReport(
      exampleRun({
        runId: evil,
        stage: evil,
        status: 'failed',
        stoppedBy: evil,
        binding: { by: 'host', because: evil, next: evil },
        replay: {
          ...run.replay!,
          checks: [{ name: evil, outcome: 'missed', found: evil, wanted: evil }],
        },
      }),
    );
    expect(attacked).not.toContain('<script');
    expect(attacked).toContain('&lt;script&gt;');
  });

  it('leaves out the percentiles without answers, and the charts without steps', () => {
    expect(renderReport(run)).not.toContain('id="percentiles-wide-title"');
    expect(renderReport(exampleRun(nothingMeasured))).not.toContain('<svg');
  });

  it('renders a run that was interrupted before its first step', () => {
    const partial = renderReport(
      exampleRun({ ...nothingMeasured, status: 'interrupted', stoppedBy: 'SIGINT' }),
    );
    for (const text of ['The run was interrupted', 'SIGINT', 'No step was measured', 'no estimate']) {
      expect(partial).toContain(text);
    }
  });

  it('never prints NaN, undefined or Infinity, whatever a run record holds', () => {
    fc.assert(
      fc.property(arbitraryOf(runRecordSchema), fc.boolean(), (any, withAnswers) => {
        const text = renderReport(any, withAnswers ? smallAnswers(any) : undefined);
        expect(text).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object /);
        expect(text).not.toContain('<script');
        const ids = idsOf(text);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      { numRuns: 60 },
    );
  });
});

/** Answers with every outcome and with latencies that a chart can't draw among them. */
function smallAnswers({ steps }: RunRecord): Map<string, Answers> {
  const answers: Answers = {
    count: outcomes.length,
    intendedMs: Float64Array.from(outcomes, (_, index) => index * 1e6),
    latenessMs: new Float64Array(outcomes.length),
    latencyMs: Float64Array.from(outcomes, (_, index) => [0, -1, Number.NaN, 1e12, 5, Infinity][index] ?? 1),
    outcome: Uint8Array.from(outcomes, (_, index) => index),
    status: new Uint16Array(outcomes.length),
  };
  return new Map(steps.map(({ record }) => [record.name, answers]));
}
