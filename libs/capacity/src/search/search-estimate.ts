import { rateOf, type RateLevel } from './rate-levels.ts';
import type { Estimate, JudgedStep } from '../run-record.ts';

/** A bracket wider than this is reported, but no limit is drawn from it. */
const MAXIMUM_BRACKET_RATIO = 0.3;

/**
 * λ* as a bracket (method, section 4): [highest rate such that it and all lower ones pass, lowest failing rate].
 * The lower end is what that rate's longest pass proves: the rate less the 95 % upper bound of what may have piled
 * up a second meanwhile. Conclusive when the lower end passed as often as wanted and the upper end is proven and near, or when the
 * highest rate worth trying passes.
 */
export function estimateOf(
  levels: readonly RateLevel[],
  lower: RateLevel | null,
  upper: RateLevel | null,
  history: readonly JudgedStep[],
  settings: { maxPerSecond: number; bracketRatio: number; repeats: number; maximumBracketRatio?: number },
): Estimate {
  const proven =
    levels.find(
      ({ ratePerSecond, status }) => ratePerSecond > (lower?.ratePerSecond ?? 0) && status === 'fails',
    ) ?? null;
  const wanted = Math.max(2, settings.repeats);
  const widest = Math.max(settings.bracketRatio, settings.maximumBracketRatio ?? MAXIMUM_BRACKET_RATIO);
  const lowerPerSecond = lower && provenRate(lower, history);
  const ratio = lowerPerSecond && proven ? proven.ratePerSecond / lowerPerSecond - 1 : null;
  const isConfirmed = lower !== null && lower.passes >= wanted;
  const isAtTop = lower !== null && upper === null && lower.ratePerSecond >= settings.maxPerSecond;
  const reasons: string[] = [];
  if (!lower) reasons.push('no rate passes: see the steps for what failed');
  else {
    reasons.push(
      `${lower.ratePerSecond}/s and every rate measured below it pass (${lower.passes} of ${lower.tries} measurements of it pass)`,
    );
    if (lowerPerSecond !== null && lowerPerSecond < lower.ratePerSecond)
      reasons.push(
        `${lowerPerSecond}/s of them are proven to be answered as they come (95 % bound): the rest may have piled up`,
      );
    if (!isConfirmed)
      reasons.push(
        `the lower end passed ${lower.passes} times, ${wanted} are wanted: give the search more time`,
      );
  }
  if (proven) {
    reasons.push(`${proven.ratePerSecond}/s is the lowest failing rate`);
  } else if (isAtTop) {
    reasons.push(`${settings.maxPerSecond}/s, the highest rate worth trying, passes: λ* is at least that`);
  } else {
    reasons.push('no failing rate is proven above it, so the bracket has no upper end');
  }
  if (ratio !== null && ratio > widest) {
    reasons.push(
      `the bracket is ${(100 * ratio).toFixed(0)} % wide, at most ${(100 * widest).toFixed(0)} % is conclusive`,
    );
  }
  for (const level of levels.filter(({ status }) => status === 'open')) {
    reasons.push(
      `${level.ratePerSecond}/s stayed without a verdict after ${level.tries} measurements: ${lastReason(level, history)}`,
    );
  }
  const throttled = history.filter(({ judgement }) => judgement.inconclusive === 'throttled').length;
  if (throttled > 0) reasons.push(`${throttled} steps were throttled and can't raise the estimate`);
  return {
    conclusive: isConfirmed && (isAtTop || (ratio !== null && ratio <= widest)),
    lowerPerSecond,
    upperPerSecond: proven?.ratePerSecond ?? null,
    reasons,
  };
}

/** Rate of a passing level that its longest pass proves to be answered, requests/s. */
function provenRate({ ratePerSecond }: RateLevel, history: readonly JudgedStep[]): number {
  const [longest] = history
    .filter((step) => rateOf(step) === ratePerSecond && step.judgement.verdict === 'pass')
    .sort((one, other) => other.record.holdMs - one.record.holdMs);
  const mayPileUp = Math.max(0, longest?.measurement.inFlightSlopeUpperPerSecond ?? 0);
  const answered = ratePerSecond - mayPileUp;
  return answered >= 10 ? Math.round(answered) : Number(answered.toFixed(2));
}

function lastReason(level: RateLevel, history: readonly JudgedStep[]): string {
  const step = history.findLast(
    ({ record }) => record.arrivals.kind !== 'burst' && record.arrivals.ratePerSecond === level.ratePerSecond,
  );
  return step?.judgement.reasons[0] ?? 'no reason recorded';
}
