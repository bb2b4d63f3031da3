/** Result of a Kolmogorov–Smirnov test. */
export interface Fit {
  /** D: the most by which the values' distribution and the expected one differ, 0–1. */
  readonly statistic: number;
  /** How often values that do follow it would differ by as much, 0–1. */
  readonly pValue: number;
  readonly count: number;
}

/**
 * One-sample Kolmogorov–Smirnov test, two-sided, against a distribution known in full. The p-value is Kolmogorov's
 * asymptotic one with Stephens' correction for n (J. Roy. Stat. Soc. B 32, 1970): good to three digits from n = 5.
 */
export function kolmogorovSmirnov(values: ArrayLike<number>, cdf: (value: number) => number): Fit {
  const ascending = Float64Array.from(values).sort();
  const count = ascending.length;
  const statistic = ascending.reduce((most, value, i) => {
    const expected = cdf(value);
    return Math.max(most, expected - i / count, (i + 1) / count - expected);
  }, 0);
  const root = Math.sqrt(count);
  return { statistic, pValue: kolmogorovTail((root + 0.12 + 0.11 / root) * statistic), count };
}

/**
 * One p-value for several tests of one thing: their harmonic mean (Wilson, PNAS 116, 2019). A single test that fails
 * badly shows in it, and so do many that fail a little; tests may depend on each other, as rounds of one seed do.
 * @param pValues at least one
 */
export function combinedPValue(pValues: readonly number[]): number {
  return pValues.length / pValues.reduce((sum, pValue) => sum + 1 / pValue, 0);
}

/** CDF of the exponential distribution. */
export function exponentialCdf(meanMs: number): (value: number) => number {
  return (value) => -Math.expm1(-value / meanMs);
}

/** Differences of neighbours. */
export function gapsOf(instantsMs: Float64Array): Float64Array {
  return instantsMs.subarray(1).map((atMs, i) => atMs - (instantsMs[i] as number));
}

/** The series below changes form here: each half then needs no more than a few terms. */
const HALVES_MEET = 1.18;
const TERMS = 6;

/** P(K > x) of Kolmogorov's distribution, by the one of its two series that converges at once there. */
function kolmogorovTail(x: number): number {
  const terms = Array.from({ length: TERMS }, (_, j) => j);
  if (x <= 0) return 1;
  if (x < HALVES_MEET) {
    const sum = terms.reduce((s, j) => s + Math.exp(-((2 * j + 1) ** 2 * Math.PI ** 2) / (8 * x * x)), 0);
    return 1 - (Math.sqrt(2 * Math.PI) / x) * sum;
  }
  return 2 * terms.reduce((s, j) => s + (j % 2 === 0 ? 1 : -1) * Math.exp(-2 * (j + 1) ** 2 * x * x), 0);
}
