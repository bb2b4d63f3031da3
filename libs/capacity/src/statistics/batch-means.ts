import { CONFIDENCE, studentTQuantile } from './bounds.ts';

const { floor } = Math;

/** Answers next to each other share their fate; over 10 s that is mostly forgotten (method, section 3). */
const BATCH_MS = 10_000;

/** Fewer batches say nothing about their variance; a shorter hold gets shorter batches instead. */
const BATCHES_AT_LEAST = 10;

/** Length of a batch in a hold: 10 s, or a tenth of a hold too short for ten of these. */
export function batchMsOf(holdMs: number): number {
  return Math.min(BATCH_MS, holdMs / BATCHES_AT_LEAST);
}

/**
 * How many independent answers the judged ones are worth: n / design effect, the design effect being the variance
 * of the bad ratio over batches divided by what independent answers would show, at least 1.
 * Kish, Survey Sampling (1965), section 8.2; ratio estimator over clusters, Cochran, Sampling Techniques (1977), 9A.
 * With none or all bad there is no variance to compare, and n is returned.
 * @param instantsMs when each answer was intended, ms
 * @param isBad 1 where the answer of that index is bad
 */
export function effectiveSamples(
  instantsMs: Float64Array,
  isBad: Uint8Array,
  fromMs: number,
  batchMs: number,
): number {
  const batches = new Map<number, { samples: number; bad: number }>();
  let batch = { samples: 0, bad: 0 };
  let batchKey = Number.NaN;
  for (let index = 0; index < isBad.length; index += 1) {
    const key = floor(((instantsMs[index] ?? 0) - fromMs) / batchMs);
    // Neighbours share their batch: it is looked up where it changes.
    if (key !== batchKey) {
      batch = batches.get(key) ?? { samples: 0, bad: 0 };
      batches.set(key, batch);
      batchKey = key;
    }
    batch.samples += 1;
    batch.bad += isBad[index] ?? 0;
  }
  return effectiveSamplesOf([...batches.values()]);
}

/** Answers that share their fate, and how many of them are bad. */
export interface Batch {
  readonly samples: number;
  readonly bad: number;
}

/** As `effectiveSamples`, from answers that were counted batch by batch already. */
export function effectiveSamplesOf(batches: readonly Batch[]): number {
  const samples = batches.reduce((sum, batch) => sum + batch.samples, 0);
  const bad = batches.reduce((sum, batch) => sum + batch.bad, 0);
  if (bad === 0 || bad === samples || batches.length < 2) return samples;
  const ratio = bad / samples;
  const squares = batches.reduce((sum, batch) => sum + (batch.bad - ratio * batch.samples) ** 2, 0);
  const clustered = ((batches.length / (batches.length - 1)) * squares) / samples ** 2;
  const independent = (ratio * (1 - ratio)) / samples;
  return samples / Math.max(1, clustered / independent);
}

/** A mean, its upper confidence bound and how many batches they rest on. */
export interface MeanEstimate {
  readonly mean: number;
  readonly upper: number;
  readonly batches: number;
}

/**
 * Mean over batches [mean, count] with a one-sided Student-t upper bound; batches weigh what they count.
 * Law & Kelton, Simulation Modeling and Analysis (2000), section 9.5.3, batch means; the weighted mean's standard
 * error is that of the ratio estimator (Cochran 1977, 6.3). Null below two batches: no variance, no bound.
 */
export function meanUpperBound(
  batches: readonly (readonly [mean: number, count: number])[],
  confidence = CONFIDENCE,
): MeanEstimate | null {
  const filled = batches.filter(([, count]) => count > 0);
  if (filled.length < 2) return null;
  const total = filled.reduce((sum, [, count]) => sum + count, 0);
  const mean = filled.reduce((sum, [value, count]) => sum + value * count, 0) / total;
  const squares = filled.reduce((sum, [value, count]) => sum + (count * (value - mean)) ** 2, 0);
  const degrees = filled.length - 1;
  const standardError = Math.sqrt((filled.length / degrees) * squares) / total;
  return {
    mean,
    upper: mean + studentTQuantile(confidence, degrees) * standardError,
    batches: filled.length,
  };
}
