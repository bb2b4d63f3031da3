import gammainc from '@stdlib/math-base-special-gammainc';

/**
 * p-value of Pearson's chi-square test of counts against their expected values, none of which was estimated from them.
 * @param degrees of freedom: as many as counts where their sum is random too
 */
export function chiSquare(
  counts: readonly number[],
  expected: readonly number[],
  degrees = counts.length,
): number {
  const statistic = expected.reduce((sum, mean, i) => sum + ((counts[i] ?? 0) - mean) ** 2 / mean, 0);
  return gammainc(statistic / 2, degrees / 2, true, true);
}

/** Events in each of `bins` equal parts of [0, spanMs). */
export function countsPerBin(instantsMs: Iterable<number>, spanMs: number, bins: number): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const instantMs of instantsMs) {
    const bin = Math.floor((instantMs * bins) / spanMs);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
