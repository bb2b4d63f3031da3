import { TokenBucket } from '@spillway/throttle';
import fc from 'fast-check';
import { outcomes, type Answers, type Outcome } from '../answers/answers.ts';
import { stepRecord, targets } from '../__fixtures__/simulated-stage.ts';
import { judgeStep } from '../steps/judge-step.ts';
import { measureStep } from '../steps/measure-step.ts';
import { checkReplay, replayPlan, type ReplayStep } from './replay.ts';
import type { JudgedStep } from '../run-record.ts';

const limits = {
  rateLimit: 800,
  burstLimit: 60,
  reservedConcurrency: 111,
  memorySize: 1024,
  timeoutSeconds: 5,
};
const plan = replayPlan(limits, { holdMs: 6000 });
const planned = (role: ReplayStep['role']): ReplayStep => plan.find((step) => step.role === role)!;

/** Plays a step through an ideal token bucket; what it refuses is answered as told. */
function play(
  { step }: ReplayStep,
  enforced = limits,
  refusal: Outcome = 'throttled',
  latencyMs = 5,
): JudgedStep {
  const { arrivals } = step;
  const spanMs = step.warmUpMs + step.holdMs;
  const [count, gapMs] =
    arrivals.kind === 'burst'
      ? [arrivals.requests, arrivals.withinMs / arrivals.requests]
      : [Math.floor((spanMs * arrivals.ratePerSecond) / 1000), 1000 / arrivals.ratePerSecond];
  const bucket = new TokenBucket(enforced, 0);
  const intendedMs = Float64Array.from({ length: count }, (_, index) => index * gapMs);
  const answers: Answers = {
    count,
    intendedMs,
    latenessMs: new Float64Array(count),
    latencyMs: new Float64Array(count).fill(latencyMs),
    outcome: Uint8Array.from(intendedMs, (atMs) =>
      bucket.admit(atMs) === 'admitted' ? 0 : outcomes.indexOf(refusal),
    ),
    status: new Uint16Array(count).fill(200),
  };
  const record = stepRecord({ ...step, purpose: 'replay', limits: 'applied', intended: count, sent: count });
  const measurement = measureStep(record, answers, targets);
  return { record, measurement, judgement: judgeStep(record, measurement, targets) };
}

const outcomesOf = (role: ReplayStep['role'], step: JudgedStep): string[] =>
  checkReplay(planned(role), step, limits).map(({ outcome }) => outcome);

describe('replayPlan and checkReplay', () => {
  it('is met by a stage that enforces just these limits', () => {
    const checks = plan.flatMap((step) => checkReplay(step, play(step), limits));
    expect(checks.map(({ outcome, found }) => `${outcome}: ${found}`)).toEqual([
      'met: 60 of 60 good, 0 throttled, 0 failed',
      expect.stringMatching(/^met: \d+ of 460 throttled, 0 failed$/),
      'met: 0 of 4560 throttled',
      expect.stringMatching(/^met: at most 0\.\d+ % of the answers are bad/),
      expect.stringMatching(/^met: 33\.\d % throttled, 33\.3 % expected at 1200\/s$/),
      'met: 0 of 7200 failed',
    ]);
  });

  it('is met by an ideal bucket whatever the limits', () => {
    const anyLimits = fc.record({
      rateLimit: fc.integer({ min: 20, max: 3000 }),
      burstLimit: fc.integer({ min: 1, max: 1000 }),
    });
    fc.assert(
      fc.property(anyLimits, (found) => {
        const enforced = { ...limits, ...found };
        for (const step of replayPlan(enforced, { holdMs: 3000 })) {
          const checks = checkReplay(step, play(step, enforced), enforced);
          expect(checks.filter(({ outcome }) => outcome === 'missed')).toEqual([]);
        }
      }),
      { numRuns: 60, seed: 20260101 },
    );
  });

  it.each([
    ['below', { rateLimit: 700 }, 'missed'],
    ['burst', { burstLimit: 30 }, 'missed'],
    ['over-burst', { burstLimit: 1000 }, 'missed'],
    ['above', { rateLimit: 900 }, 'missed'],
  ] as const)('misses %s where the stage enforces %p', (role, enforced, outcome) => {
    expect(outcomesOf(role, play(planned(role), { ...limits, ...enforced }))).toContain(outcome);
  });

  it('misses the SLO at 0.95 of the rate limit where answers are slow, though nothing is throttled', () => {
    const slow = play(planned('below'), limits, 'throttled', targets.latencyMs + 1);
    expect(outcomesOf('below', slow)).toEqual(['met', 'missed']);
  });

  it.each(['failed', 'timeout', 'connection-error'] as const)('takes %s for a failure', (refusal) => {
    expect(outcomesOf('over-burst', play(planned('over-burst'), limits, refusal))).toEqual(['missed']);
  });

  it('misses both where Lambda refuses what the gateway should have', () => {
    expect(outcomesOf('above', play(planned('above'), limits, 'failed'))).toEqual(['missed', 'missed']);
    expect(outcomesOf('over-burst', play(planned('over-burst'), limits, 'failed'))).toEqual(['missed']);
  });

  it.each(['generator', 'host'] as const)('proves nothing with a step void by the %s', (inconclusive) => {
    const step = play(planned('below'));
    const judgement = { verdict: 'inconclusive' as const, inconclusive, reasons: ['it was late'] };
    const found = { outcome: 'inconclusive', found: 'it was late' };
    expect(checkReplay(planned('below'), { ...step, judgement }, limits)).toEqual([
      { name: 'no 429 at 0.95 of the rate limit', wanted: '0 throttled', ...found },
      { name: '0.95 of the rate limit meets the SLO', wanted: 'the step passes', ...found },
    ]);
  });

  it('takes a 429 to an overrun burst for what it is, however late the generator was', () => {
    const judgement = {
      verdict: 'inconclusive',
      inconclusive: 'generator',
      reasons: ['it was late'],
    } as const;
    const late = (step: JudgedStep): JudgedStep => ({
      ...step,
      judgement: { ...judgement, reasons: ['it was late'] },
    });
    expect(outcomesOf('over-burst', late(play(planned('over-burst'))))).toEqual(['met']);
    const unbounded = { ...limits, burstLimit: 1000 };
    expect(outcomesOf('over-burst', late(play(planned('over-burst'), unbounded)))).toEqual(['inconclusive']);
  });

  it('waits for a full bucket before each step, and drains it before the share is counted', () => {
    const slow = { ...limits, rateLimit: 100, burstLimit: 500 };
    const steps = replayPlan(slow, { holdMs: 6000 });
    expect(Math.min(...steps.map(({ idleMs }) => idleMs))).toBeGreaterThanOrEqual(5000);
    expect(steps.find(({ role }) => role === 'above')?.step.warmUpMs).toBeGreaterThanOrEqual(10_000);
  });
});
