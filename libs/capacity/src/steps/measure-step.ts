import type { Answers } from '../answers/answers.ts';
import type { Measurement, Targets } from '../run-record.ts';
import { batchMsOf, effectiveSamples } from '../statistics/batch-means.ts';
import { ratioLowerBound, ratioUpperBound } from '../statistics/bounds.ts';
import { latencySummaryInPlace, percentilesInPlace } from '../statistics/percentile.ts';
import type { StepRecord } from '../step-record.ts';
import { flowOver } from './flow.ts';
import { judgedAnswers } from './judged-answers.ts';

/**
 * What a step's answers come to (method, sections 1 and 3): good is acknowledged within T of the intended instant.
 * Which answers are judged is in `judged-answers.ts`, what flows in and out in `flow.ts`. Its time grows with the
 * answers only: nothing is sorted, and no row is an object of its own.
 */
export function measureStep(record: StepRecord, answers: Answers, targets: Targets): Measurement {
  const judged = judgedAnswers(record, answers, targets);
  const samples = judged.isBad.length;
  const { bad, badSinceSend } = judged;
  const effective =
    record.arrivals.kind === 'burst'
      ? samples
      : effectiveSamples(judged.instantsMs, judged.isBad, record.warmUpMs, batchMsOf(record.holdMs));
  const worth = samples === 0 ? 0 : effective / samples;
  const flow = flowOver(record, answers, targets);
  const [latenessP99Ms = 0] = samples === 0 ? [] : percentilesInPlace(judged.latenessesMs, [0.99]);
  return {
    offeredPerSecond: flow.offeredPerSecond,
    goodputPerSecond: flow.goodputPerSecond,
    judged: samples,
    setAside: judged.setAside,
    outcomes: judged.outcomes,
    slow: judged.slow,
    bad,
    badRatio: samples === 0 ? 0 : bad / samples,
    badRatioLower: ratioLowerBound(bad * worth, effective),
    badRatioUpper: ratioUpperBound(bad * worth, effective),
    effectiveSamples: effective,
    latencyMs: latencySummaryInPlace(judged.latenciesMs),
    inFlightSlopePerSecond: flow.slopePerSecond,
    inFlightGrows: flow.grows,
    inFlightSlopeUpperPerSecond: flow.slopeUpperPerSecond,
    latenessP99Ms,
    badRatioLowerSinceSend: ratioLowerBound(badSinceSend * worth, effective),
  };
}
