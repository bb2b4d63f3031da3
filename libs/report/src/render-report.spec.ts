import { outcomes, runRecordSchema, type Answers, type RunRecord } from '@spillway/capacity';
import { exampleAnswers, exampleRun, nothingMeasured } from '@spillway/capacity/testing';
import fc from 'fast-check';
import { arbitraryOf } from './__fixtures__/arbitrary-of.ts';
import { renderReport } from './render-report.ts';

const answersOf = (run: RunRecord): Map<string, Answers> =>
  new Map(run.steps.map((step) => [step.record.name, exampleAnswers(step)]));

/** All that a reader sees: the script's source is not printed. */
const withoutScript = (page: string) => page.replace(/<script>.*?<\/script>/s, '');

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

  it('draws every chart in each of its sizes, each with a role, a title and a description', () => {
    const drawings = page.match(/<svg .*?<\/svg>/gs) ?? [];
    const ids = drawings.map((svg) => /aria-labelledby="([\w-]+)-title"/.exec(svg)?.[1]);
    const half = ['goodput', 'latency', 'percentiles', 'usl', 'bursts', 'payload-rate', 'payload-units'];
    const full = ['outcomes', 'concurrency', 'write-units'];
    expect(ids.sort()).toEqual(
      [
        ...[...half, 'memory-latency', 'memory-cost', 'costs'].flatMap((id) => [
          `${id}-wide`,
          `${id}-narrow`,
        ]),
        ...full.flatMap((id) => [`${id}-broad`, `${id}-wide`, `${id}-narrow`]),
      ].sort(),
    );
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
    expect(page).not.toMatch(/@import|url\((?!#)/);
    expect(page).toContain('default-src &#39;none&#39;');
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
    expect(attacked.match(/<script/g)).toHaveLength(1);
    expect(attacked).toContain('&lt;script&gt;');
  });

  it('links to every part, in the order in which they stand', () => {
    const links = [...page.matchAll(/<a href="#([^"]+)">/g)].map(([, id]) => id);
    const parts = [...page.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(parts);
    expect(parts.slice(0, 3)).toEqual(['limits', 'replay', 'capacity']);
  });

  it('says the numbers of every chart in shapes that a pointer finds', () => {
    const titles = [...page.matchAll(/class="hit"[^>]*><title>([^<]*)</g)].map(([, title]) => title);
    for (const line of [
      'discover-06, pass',
      'throttled (429): ',
      'consumed: ',
      'by the law: ',
      'together: ',
    ]) {
      expect(titles.filter((title) => title!.includes(line)).length).toBeGreaterThan(0);
    }
  });

  it('shows the law, the sweeps, the cost and the checklist', () => {
    for (const text of [
      'κ, coherency',
      '262,144',
      'the cheapest that meets the SLO: <b>512 MB</b>',
      'HTTP, USD per million',
      'of 6 lines are answered',
      'limits updated from results',
    ]) {
      expect(page.replace(/\s+/g, ' ')).toContain(text);
    }
  });

  it('leaves out parts that an older run has no numbers for, and says so', () => {
    const text = renderReport(
      { ...run, usl: undefined, timeline: undefined, sweeps: undefined },
      answersOf(run),
    );
    for (const id of ['usl', 'payload', 'memory']) expect(text).not.toContain(`<section id="${id}"`);
    expect(text).toContain('metrics over time were not recorded');
    expect(text).toContain('id="outcomes-wide-title"');
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
        expect(withoutScript(text)).not.toMatch(/\bNaN\b|\bundefined\b|\bInfinity\b|\[object /);
        expect(text.match(/<script/g)).toHaveLength(1);
        expect(text.match(/<\/style>/g)).toHaveLength(1);
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
