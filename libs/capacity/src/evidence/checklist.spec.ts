import { judgedStep, stageMetrics } from '../__fixtures__/judged-step.ts';
import { runRecord } from '../__fixtures__/run-record.ts';
import type { JudgedStep, RunRecord } from '../run-record.ts';
import { exampleRun } from '../testing/example-run.ts';
import { checklist, type ChecklistContext, type ChecklistLine } from './checklist.ts';

const burst = (name: string, requests: number, verdict: 'pass' | 'fail') =>
  judgedStep(100, verdict, { name, purpose: 'burst', arrivals: { kind: 'burst', requests, withinMs: 20 } });
const rate = (name: string, ratePerSecond: number, verdict: 'pass' | 'fail', durationMs: number) =>
  judgedStep(ratePerSecond, verdict, {
    name,
    stage: stageMetrics({
      durationMeanMs: durationMs,
      durationMaxMs: 90,
      durationBatches: [
        [durationMs, 500],
        [durationMs, 500],
      ],
    }),
  });

const steps: JudgedStep[] = [
  rate('discovery-01', 500, 'pass', 2),
  rate('discovery-02', 1000, 'pass', 4),
  rate('discovery-03', 1080, 'fail', 40),
  burst('burst-01', 80, 'pass'),
  burst('burst-02', 160, 'fail'),
  judgedStep(760, 'pass', { name: 'replay-01', purpose: 'replay', limits: 'applied' }),
];

const run = runRecord({ steps });
const path = 'apps/infra/config/throttle.dev.json';
const limits = run.deployedLimits;
const measured = {
  kind: 'measured' as const,
  runId: run.runId,
  stage: 'dev',
  measuredAt: run.finishedAt,
  bound: { by: 'host', because: 'full' },
  measurements: run.measurements!,
  generator: { achievedRatio: 1, latenessP99Ms: 1 },
  audit: { acknowledged: 1, stored: 1, lost: 0, unknown: 0 },
  fingerprint: run.fingerprint,
};
const context: ChecklistContext = {
  throttleFile: { path, config: { stage: 'dev', limits, evidence: measured } },
  deployedFingerprint: run.fingerprint,
};

function line(id: ChecklistLine['id'], changes: Partial<RunRecord> = {}, of: Partial<ChecklistContext> = {}) {
  return checklist({ ...run, ...changes }, { ...context, ...of }).find((each) => each.id === id)!;
}

describe('checklist', () => {
  it('answers the six lines in their order, each with the files that it rests on', () => {
    const lines = checklist(run, context);
    expect(lines.map(({ item }) => item)).toEqual([
      'load tested with the expected patterns',
      'maximum sustained rate',
      'burst capacity',
      'average and p99 function duration',
      'limits updated from results',
      're-tested after infrastructure changes',
    ]);
    expect(lines.map(({ state, next }) => [state, next])).toEqual(lines.map(() => ['answered', null]));
    expect(lines.map(({ files }) => files)).toEqual([
      ['run.json', 'step-discovery-03.json', 'step-burst-02.json', 'step-replay-01.json'],
      ['run.json', 'step-discovery-02.json', 'step-discovery-03.json'],
      ['run.json', 'step-burst-01.json'],
      ['run.json', 'step-discovery-01.json', 'step-discovery-02.json'],
      [path, 'run.json'],
      ['run.json', 'step-replay-01.json'],
    ]);
  });

  it('gives the figures', () => {
    expect(line('patterns').answer).toBe(
      'Tested with steady load (3 steps), bursts from idle (2 steps), load against the limits applied (1 step).',
    );
    expect(line('sustained-rate').answer).toBe('Sustains between 1000 and 1080 requests/s, bound by host.');
    expect(line('burst').answer).toContain(
      `${run.measurements!.burst.cleanRequests} requests at once from idle`,
    );
    expect(line('limits-updated').answer).toContain('holds what this run found: 800 requests/s, burst 48, ');
  });

  it('bounds the p99 of the duration by the longest invocation, and gives that of the answers for what it is', () => {
    const p99s = steps.slice(0, 2).map(({ measurement }) => measurement.latencyMs!.p99);
    expect(line('duration').answer).toBe(
      `Mean 3 ms (at most 4.36 ms, 95 % bound) over 2000 invocations at rates that passed; p99 at most 90 ms, the longest; p99 of the answers judged ${Number(Math.max(...p99s).toPrecision(3))} ms, at the slowest rate.`,
    );
    const unknown = steps.map((step) => ({
      ...step,
      record: { ...step.record, stage: step.record.stage && { ...step.record.stage, durationMaxMs: null } },
    }));
    expect(line('duration', { steps: unknown }).answer).toContain('; p99 not known; p99 of the answers');
  });

  it('names the step of the lower end, which is that rate less what may have piled up', () => {
    const long = judgedStep(1000, 'pass', { name: 'discovery-04', holdMs: 2000 });
    const above = judgedStep(1200, 'pass', { name: 'discovery-05' });
    const filesAt = (lowerPerSecond: number, upperPerSecond: number | null) =>
      line('sustained-rate', {
        steps: [...steps, long, above],
        estimate: { conclusive: true, lowerPerSecond, upperPerSecond, reasons: [] },
      }).files;
    expect(filesAt(480, 1080)).toEqual(['run.json', 'step-discovery-04.json', 'step-discovery-03.json']);
    expect(filesAt(1190, null)).toEqual(['run.json', 'step-discovery-05.json']);
  });

  it.each<[string, ChecklistLine['id'], Partial<RunRecord>, string]>([
    [
      'no burst was tried',
      'patterns',
      { steps: steps.slice(0, 3) },
      'lacking: bursts from idle, load against',
    ],
    ['nothing was measured', 'patterns', { steps: [] }, 'No step was decided'],
    ['there is no estimate', 'sustained-rate', { estimate: null }, 'no estimate'],
    [
      'the estimate is not conclusive',
      'sustained-rate',
      { estimate: { conclusive: false, lowerPerSecond: 9, upperPerSecond: null, reasons: ['too short'] } },
      'not conclusive: too short',
    ],
    [
      'no burst was clean',
      'burst',
      { measurements: null, steps: [burst('b', 80, 'fail')] },
      'No burst tried',
    ],
    ['no burst was decided', 'burst', { measurements: null, steps: [] }, 'No burst was decided'],
    ['the stage reported no duration', 'duration', { steps: [judgedStep(500, 'pass')] }, 'too few durations'],
    ['no limits were replayed', 're-tested-after-changes', { replay: null }, 'no limits were replayed'],
    [
      'the replay did not hold',
      're-tested-after-changes',
      { replay: { ...run.replay!, verified: false } },
      'did not verify the proposed limits',
    ],
  ])('says what is missing, and what to do, where %s', (_name, id, changes, answer) => {
    const found = line(id, changes);
    expect(found.state).toBe('missing');
    expect(found.answer).toContain(answer);
    expect(found.next).toBe('npx nx run loadtest --stage=dev');
  });

  it.each<[string, Partial<ChecklistContext>, string]>([
    ['was not looked at', { throttleFile: null }, 'not looked at'],
    ['is not there', { throttleFile: { path, config: null } }, `no readable throttle file ${path}`],
    [
      'holds placeholders',
      {
        throttleFile: {
          path,
          config: { stage: 'dev', limits, evidence: { kind: 'placeholder', note: 'x' } },
        },
      },
      'holds placeholders',
    ],
    [
      'is of another stage',
      { throttleFile: { path, config: { stage: 'prod', limits, evidence: measured } } },
      'is of stage prod',
    ],
    [
      'rests on another run',
      { throttleFile: { path, config: { stage: 'dev', limits, evidence: { ...measured, runId: 'other' } } } },
      'another run, other',
    ],
    [
      'names this run, but was edited',
      {
        throttleFile: {
          path,
          config: { stage: 'dev', limits: { ...limits, rateLimit: 900 }, evidence: measured },
        },
      },
      `names run ${run.runId}, but holds 900 requests/s, burst 48, concurrency 195, 1024 MB, ${limits.timeoutSeconds} s where that run found 800 requests/s`,
    ],
  ])('asks for an update where the throttle file %s', (_name, of, answer) => {
    const found = line('limits-updated', {}, of);
    expect([found.state, found.next]).toEqual(['missing', 'npx nx run throttle update --stage=dev']);
    expect(found.answer).toContain(answer);
  });

  it('does not call limits found by a run that proposed none', () => {
    const found = line('limits-updated', { recommendation: null });
    expect([found.state, found.answer]).toEqual([
      'missing',
      expect.stringContaining('where that run found none'),
    ]);
  });

  it('takes limits of another run that this one verified as deployed', () => {
    const evidence = { ...measured, runId: 'other' };
    const config = { stage: 'dev', limits, evidence };
    const replay = { ...run.replay!, of: 'deployed' as const, limits };
    const found = line('limits-updated', { replay }, { throttleFile: { path, config } });
    expect(found.answer).toContain('what run other found, and this run verified it');
  });

  it('names what changed since the run', () => {
    const deployedFingerprint = { ...run.fingerprint, bundle: 'b2', memorySize: 512 };
    const found = line('re-tested-after-changes', {}, { deployedFingerprint });
    expect(found.answer).toBe('Changed since this run: function bundle, memory size.');
    const unknown = line('re-tested-after-changes', {}, { deployedFingerprint: null });
    expect(unknown.next).toBe('npx nx synth infra');
  });

  it('says no figure that is none for a run that measured little', () => {
    for (const changes of [
      {},
      { steps: [] },
      { estimate: null, measurements: null, binding: null, replay: null },
    ]) {
      const text = JSON.stringify(
        checklist(exampleRun(changes), { throttleFile: null, deployedFingerprint: null }),
      );
      expect(text).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});
