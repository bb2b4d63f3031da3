import { quickselect } from 'simple-statistics';

/**
 * Nearest-rank percentile: the smallest value that at least `ratio` of all values don't exceed. Always a value
 * that occurred; percentiles of windows are never averaged (method, section 1).
 * @param ascending sorted values, at least one
 * @param ratio 0–1, such as 0.99
 */
export function percentile(ascending: ArrayLike<number>, ratio: number): number {
  return ascending[nearestIndex(ratio, ascending.length)] ?? Number.NaN;
}

/**
 * The same percentiles as of sorted values, in a time that grows with their number only: Floyd & Rivest, "Expected time
 * bounds for selection", CACM 18 (1975) 165. Rearranges the values.
 * @param values at least one, none NaN
 * @param ratios 0–1, ascending
 */
export function percentilesInPlace(values: Float64Array, ratios: readonly number[]): number[] {
  let from = 0;
  return ratios.map((ratio) => {
    const index = nearestIndex(ratio, values.length);
    // Declared for plain arrays; it compares and swaps what is at an index, no more.
    quickselect(values as unknown as number[], index, from, values.length - 1);
    from = index;
    return values[index] ?? Number.NaN;
  });
}

/** Percentiles of latencies, ms. */
export interface LatencySummary {
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

const SUMMARY_RATIOS = [0.5, 0.9, 0.99, 0.999, 1];

/** Percentiles of latencies; null where there are none. The input is left as it is. */
export function latencySummary(latenciesMs: Float64Array): LatencySummary | null {
  return latencySummaryInPlace(latenciesMs.slice());
}

/** The same of latencies that may be rearranged. */
export function latencySummaryInPlace(latenciesMs: Float64Array): LatencySummary | null {
  if (latenciesMs.length === 0) return null;
  const [p50 = 0, p90 = 0, p99 = 0, p999 = 0, max = 0] = percentilesInPlace(latenciesMs, SUMMARY_RATIOS);
  return { p50, p90, p99, p999, max };
}

/** Index of the nearest rank; a product such as 0.7 × 10 may come out a hair above its integer. */
function nearestIndex(ratio: number, count: number): number {
  const rank = Math.max(1, Math.ceil(ratio * count - 1e-9));
  return Math.min(rank, count) - 1;
}
