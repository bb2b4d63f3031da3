import type { JudgedStep } from '../run-record.ts';
import { simulateStep, stepRecord } from './simulated-stage.ts';

const calm = { servers: 50, capacityPerSecond: 100_000, service: 'uniform' } as const;

/** A discovery step at a rate with a given verdict, without simulating why. */
export function judgedStep(
  ratePerSecond: number,
  verdict: JudgedStep['judgement']['verdict'] | 'throttled' | 'generator' | 'host',
  changes: Partial<JudgedStep['record']> = {},
): JudgedStep {
  const step = simulateStep(
    calm,
    { arrivals: { kind: 'constant', ratePerSecond }, warmUpMs: 0, holdMs: 1000, ...changes },
    1,
  );
  const isVerdict = verdict === 'pass' || verdict === 'fail' || verdict === 'inconclusive';
  return {
    ...step,
    judgement: {
      verdict: isVerdict ? verdict : 'inconclusive',
      inconclusive: verdict === 'inconclusive' ? 'samples' : isVerdict ? null : verdict,
      reasons: [`${verdict} at ${ratePerSecond}/s`],
    },
  };
}

/** The stage's own metrics of a step, nothing wrong in them. */
export function stageMetrics(
  changes: Partial<NonNullable<JudgedStep['record']['stage']>> = {},
): NonNullable<JudgedStep['record']['stage']> {
  return {
    invocations: 1000,
    lambdaThrottles: 0,
    lambdaErrors: 0,
    concurrentExecutionsMax: 10,
    durationMeanMs: 20,
    durationMaxMs: 90,
    durationBatches: [
      [20, 500],
      [21, 500],
    ],
    writeThrottleEvents: 0,
    hostQueued: 0,
    ...changes,
  };
}

export { stepRecord };
