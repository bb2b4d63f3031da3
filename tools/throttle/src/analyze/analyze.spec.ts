import { RunNotFoundError, RunUnreadableError } from '@spillway/run-files';
import { appendFileSync, mkdirSync, readFileSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { artilleryReport, keepRunWithAnswers } from '../__fixtures__/run-with-answers.ts';
import { TemporaryWorkspace } from '../__fixtures__/temporary-workspace.ts';
import { WorkspaceFileError } from '../workspace-files.ts';
import { analyze, IdleSloError } from './analyze.ts';
import { describeAnalysis } from './describe-analysis.ts';

const slo = { latencyMs: 500, errorRatio: 0.01 };
const plain = (_style: unknown, text: string) => text;

describe('analyze', () => {
  let workspace: TemporaryWorkspace;
  beforeEach(() => {
    workspace = new TemporaryWorkspace();
  });
  afterEach(() => workspace.remove());

  const keep = (name: string, content: string | Uint8Array) => {
    writeFileSync(join(workspace.root, name), content);
    return name;
  };
  const answersOf = (step: string) => join(workspace.results, `one/step-${step}.answers.csv`);

  it.each(['one', 'results/one', 'results/one/run.json'])('measures a run again, named as %s', (named) => {
    const run = keepRunWithAnswers(workspace.results, 'one');
    const found = analyze(workspace, named, {});
    expect(found).toMatchObject({
      file: 'results/one/run.json',
      kind: 'run',
      runId: 'one',
      answers: 2000,
      steps: run.steps.map(({ record }) => ({ name: record.name, differences: [] })),
      matches: true,
    });
    expect(describeAnalysis(found, plain)).toMatch(
      /Stage local sustains between 1140 and 1254.*2 steps from 2,000 answers on disk: every figure and verdict is that of run\.json\.$/s,
    );
  });

  describe('names', () => {
    const differencesAfter = (change: () => void) => {
      keepRunWithAnswers(workspace.results, 'one');
      change();
      const found = analyze(workspace, 'one', {});
      if (found.kind !== 'run') throw new Error(found.kind);
      expect(found.matches).toBe(false);
      return found.steps.flatMap(({ name, differences }) => differences.map((text) => `${name}: ${text}`));
    };
    const edit = (from: RegExp, to: string) => {
      const file = answersOf('discover-01');
      writeFileSync(file, readFileSync(file, 'utf8').replaceAll(from, to));
    };

    it('a figure that the answers do not give', () => {
      const differences = differencesAfter(() => edit(/^7,(.*)acknowledged,200/gm, '7,$1failed,502'));
      expect(differences).toContain('discover-01: outcomes.failed 0, its answers give 1');
    });

    it('a verdict that the answers do not give', () => {
      const differences = differencesAfter(() => edit(/acknowledged,200/g, 'failed,502'));
      expect(differences).toContain('discover-01: verdict pass, its answers give fail');
    });

    it.each([
      [
        'missing',
        () => unlinkSync(answersOf('discover-02')),
        /^discover-02: step-discover-02\.answers\.csv: can't be read \(ENOENT\)/,
      ],
      [
        'truncated',
        () => truncateSync(answersOf('discover-02'), 5000),
        /^discover-02: step-discover-02\.answers\.csv: ends in the middle of a row/,
      ],
      [
        'too long',
        () => appendFileSync(answersOf('discover-02'), '1000,0,0,,,1,timeout,0,\n'),
        /^discover-02: step-discover-02\.answers\.csv: .*1000/,
      ],
    ])('an answers file that is %s, and none of the others', (_what, change, found) => {
      expect(differencesAfter(change)).toEqual([expect.stringMatching(found)]);
    });
  });

  it('does not ask the step that a run was stopped in for its verdict', () => {
    const run = keepRunWithAnswers(workspace.results, 'one');
    const judgement = { verdict: 'inconclusive', inconclusive: 'samples', reasons: ['stopped'] } as const;
    const steps = run.steps.map((step, index) => (index === 1 ? { ...step, judgement } : step));
    workspace.addText('one', JSON.stringify({ ...run, steps, status: 'interrupted', stoppedBy: 'SIGINT' }));
    expect(analyze(workspace, 'one', {})).toMatchObject({ matches: true });
    workspace.addText('one', JSON.stringify({ ...run, steps }));
    expect(analyze(workspace, 'one', {})).toMatchObject({ matches: false });
  });

  it('judges a run of before drift was bounded without it, and one that has the figure by it', () => {
    // Of ten blocks of half a second stalls leave four alone: too few to bound the drift.
    const run = keepRunWithAnswers(workspace.results, 'one');
    const stalls = [0, 1, 2, 3, 4, 5].map((block) => ({
      startMs: 500 * block + 10,
      endMs: 500 * block + 70,
    }));
    const stepsWith = (changes: { readonly inFlightSlopeUpperPerSecond?: number }) =>
      run.steps.map((step) => {
        // JSON leaves out what is undefined.
        const measurement = { ...step.measurement, inFlightSlopeUpperPerSecond: undefined, ...changes };
        return { ...step, record: { ...step.record, host: { ...step.record.host, stalls } }, measurement };
      });
    const verdictsOf = (steps: unknown) => {
      workspace.addText('one', JSON.stringify({ ...run, steps }));
      const found = analyze(workspace, 'one', {});
      if (found.kind !== 'run') throw new Error(found.kind);
      return found.steps.flatMap(({ differences }) =>
        differences.filter((text) => text.startsWith('verdict')),
      );
    };
    expect(verdictsOf(stepsWith({}))).toEqual([]);
    expect(verdictsOf(stepsWith({ inFlightSlopeUpperPerSecond: 0 }))).toEqual([
      'verdict pass, its answers give inconclusive',
      'verdict pass, its answers give inconclusive',
    ]);
  });

  it.each([
    [{ latencyMs: 100 }, '--latency-ms'],
    [{ errorRatio: 0.1 }, '--error-ratio'],
  ])('does not take %p for a run, which has its own SLO', (given, option) => {
    keepRunWithAnswers(workspace.results, 'one');
    const analyzing = () => analyze(workspace, 'one', given);
    expect(analyzing).toThrow(IdleSloError);
    expect(analyzing).toThrow(`found ${option} with run one, want it with a report only: `);
  });

  it('throws what says why for a run that can not be read, or is not there', () => {
    workspace.addText('cut', '{"version":1,');
    expect(() => analyze(workspace, 'cut', {})).toThrow(RunUnreadableError);
    expect(() => analyze(workspace, 'nowhere', {})).toThrow(RunNotFoundError);
    expect(() => analyze(workspace, 'nowhere', {})).toThrow(
      /^no file nowhere, and no run nowhere; results has cut/,
    );
  });

  it('concludes from a report what its counts prove', () => {
    const found = analyze(workspace, keep('report.json', artilleryReport(200)), slo);
    expect(found).toMatchObject({
      file: 'report.json',
      kind: 'report',
      conclusion: { atLeastPerSecond: 20 },
      plateaus: [{ ratePerSecond: 20, requests: 400, verdict: 'holds' }],
    });
    expect(describeAnalysis(found, plain)).toContain(
      '  20/s     20 s   holds  at most 0.746 % of the answers are bad',
    );
  });

  it('judges by slo.json, and by what is given instead', () => {
    const file = keep('report.json', artilleryReport(200));
    expect(() => analyze(workspace, file, {})).toThrow(WorkspaceFileError);
    expect(() => analyze(workspace, file, { latencyMs: 10 })).toThrow(
      /slo\.json: .*; give --latency-ms and --error-ratio$/,
    );
    mkdirSync(join(workspace.root, 'apps/loadtest'), { recursive: true });
    const targets = { ...slo, headroomRatio: 0.8, blockingRatio: 0.001, sdkRetryBudgetMs: 3000 };
    keep('apps/loadtest/slo.json', JSON.stringify({ targets, profiles: {} }));
    expect(analyze(workspace, file, {})).toMatchObject({ targets: slo });
    expect(analyze(workspace, file, { errorRatio: 0.001 })).toMatchObject({
      targets: { latencyMs: 500, errorRatio: 0.001 },
      conclusion: { atLeastPerSecond: null },
    });
  });

  it.each([
    ['an empty file', '', 'an empty file'],
    ['a binary file', new Uint8Array(1000), 'a binary file'],
    [
      'a report that was cut',
      artilleryReport(200).slice(0, 300),
      /^an Artillery report that is not complete JSON/,
    ],
    ['another tool’s report', 'This is ApacheBench, Version 2.3', /^a report of ApacheBench/],
  ])('refuses %s', (_what, content, found) => {
    const analysis = analyze(workspace, keep('file', content), slo);
    expect(analysis).toMatchObject({ file: 'file', kind: 'refused', found: expect.stringMatching(found) });
    expect(describeAnalysis(analysis, plain)).toMatch(
      /^file: nothing follows from it\n {2}Found: .*\n(.*\n)* {2}Wanted: .*\n(.*\n)* {2}Next: /,
    );
  });
});
