/**
 * Nearest-rank percentile: the smallest value that at least `ratio` of all values don't exceed. Always a value
 * that occurred; percentiles of windows are never averaged (method, section 1).
 * @param ascending sorted values, at least one
 * @param ratio 0–1, such as 0.99
 */
export function percentile(ascending: ArrayLike<number>, ratio: number): number {
  const rank = Math.max(1, Math.ceil(ratio * ascending.length - 1e-9));
  const value = ascending[Math.min(rank, ascending.length) - 1];
  return value ?? Number.NaN;
}

/** Percentiles of latencies, ms; null where there are none. The input is left as it is. */
export function latencySummary(
  latenciesMs: Float64Array,
): { p50: number; p90: number; p99: number; p999: number; max: number } | null {
  if (latenciesMs.length === 0) return null;
  const ascending = latenciesMs.toSorted();
  return {
    p50: percentile(ascending, 0.5),
    p90: percentile(ascending, 0.9),
    p99: percentile(ascending, 0.99),
    p999: percentile(ascending, 0.999),
    max: percentile(ascending, 1),
  };
}
