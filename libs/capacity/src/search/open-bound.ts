import type { JudgedStep, Targets } from '../run-record.ts';
import { ratioLowerBound, ratioUpperBound } from '../statistics/bounds.ts';
import { DRIFT_UPPER_RATIO } from '../steps/judge-step.ts';

/** Held a little longer than the figures ask for: they will not come out the same again. */
const MARGIN = 1.1;

/** No bound is worth more than this many times a step's hold. */
const LONGEST_FACTOR = 64;

/**
 * How long a step that proved nothing would have had to hold for its open bound to close, had its figures stayed as
 * they were, ms: the samples that Clopper–Pearson needs at the observed bad ratio and the observed worth of an answer,
 * and the time in which the drift's bound, whose standard error shrinks with the root of the hold, falls below what a
 * pass allows. A multiple of the hold where neither was the reason; at most 64 times the hold.
 */
export function holdForOpenBound({ record, measurement }: JudgedStep, { errorRatio }: Targets): number {
  const factors: number[] = [];
  const { badRatio, badRatioUpper, badRatioLower, effectiveSamples } = measurement;
  if (badRatioUpper > errorRatio && badRatioLower <= errorRatio) {
    factors.push(samplesFactor(badRatio, effectiveSamples, errorRatio));
  }
  const allowed = DRIFT_UPPER_RATIO * measurement.offeredPerSecond;
  const upper = measurement.inFlightSlopeUpperPerSecond ?? 0;
  if (upper > allowed) {
    const slope = Math.max(0, measurement.inFlightSlopePerSecond);
    factors.push(slope < allowed ? ((upper - slope) / (allowed - slope)) ** 2 : LONGEST_FACTOR);
  }
  const factor = factors.length === 0 ? 2 : MARGIN * Math.max(...factors);
  return record.holdMs * Math.min(LONGEST_FACTOR, Math.max(1, factor));
}

/** Samples wanted / samples there, so that a bad ratio is proven to be below ε, or above it. */
function samplesFactor(badRatio: number, samples: number, errorRatio: number): number {
  if (samples <= 0) return 2;
  const isClosed = (factor: number): boolean => {
    const n = samples * factor;
    return badRatio < errorRatio
      ? ratioUpperBound(badRatio * n, n) <= errorRatio
      : ratioLowerBound(badRatio * n, n) > errorRatio;
  };
  let low = 1;
  let high = LONGEST_FACTOR;
  if (!isClosed(high)) return LONGEST_FACTOR;
  for (let step = 0; step < 20; step += 1) {
    const middle = Math.sqrt(low * high);
    if (isClosed(middle)) high = middle;
    else low = middle;
  }
  return high;
}
