import { percentile } from '@spillway/capacity';

/** How late requests were, ms. */
export interface Lateness {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** Of latenesses known one by one. */
export function latenessOf(latenessMs: Float64Array): Lateness {
  const ascending = latenessMs.toSorted();
  return { p50Ms: percentile(ascending, 0.5), p99Ms: percentile(ascending, 0.99) };
}

/**
 * How late requests came that were due at a constant rate, by a witness who knows no more than that: the k-th was due
 * k gaps after an instant that is placed so that none came early.
 * @param arrivalsMs ascending
 */
export function latenessSeen(arrivalsMs: Float64Array, ratePerSecond: number): Lateness {
  const lagMs = arrivalsMs.map((atMs, k) => atMs - (k * 1000) / ratePerSecond);
  const earliestMs = lagMs.reduce((least, lag) => Math.min(least, lag), Infinity);
  return latenessOf(lagMs.map((lag) => lag - earliestMs));
}

/** How many of ascending instants lie in [fromMs, toMs). */
export function countWithin(instantsMs: Float64Array, fromMs: number, toMs: number): number {
  return instantsMs.reduce((count, atMs) => count + (atMs >= fromMs && atMs < toMs ? 1 : 0), 0);
}
