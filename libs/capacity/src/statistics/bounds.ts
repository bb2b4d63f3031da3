import betaQuantile from '@stdlib/stats-base-dists-beta-quantile';

/** One-sided confidence of every bound Spillway states (method, section 3). */
export const CONFIDENCE = 0.95;

/** 95 % quantile of the standard normal distribution. */
export const Z_95 = 1.6448536269514722;

/**
 * Upper Clopper–Pearson bound of a ratio: the Beta(bad + 1, n − bad) quantile.
 * Clopper & Pearson, Biometrika 26 (1934) 404. Takes fractions, because an effective n is one.
 * @param bad bad answers, 0 ≤ bad ≤ n
 * @param samples n; without samples nothing is known and the bound is 1
 */
export function ratioUpperBound(bad: number, samples: number, confidence = CONFIDENCE): number {
  if (samples <= 0 || bad >= samples) return 1;
  return betaQuantile(confidence, bad + 1, samples - bad);
}

/** Lower Clopper–Pearson bound of a ratio: the Beta(bad, n − bad + 1) quantile; 0 without samples. */
export function ratioLowerBound(bad: number, samples: number, confidence = CONFIDENCE): number {
  if (samples <= 0 || bad <= 0) return 0;
  return betaQuantile(1 - confidence, Math.min(bad, samples), samples - Math.min(bad, samples) + 1);
}

/**
 * Samples needed so that none bad puts the upper bound at `ratio` or below: n ≥ ln(1 − confidence) / ln(1 − ratio).
 * 299 for 1 %, 598 for 0.5 %, 2,995 for 0.1 % (method, section 3).
 */
export function samplesForNoneBad(ratio: number, confidence = CONFIDENCE): number {
  if (ratio >= 1) return 1;
  if (ratio <= 0) return Number.POSITIVE_INFINITY;
  return Math.ceil(Math.log1p(-confidence) / Math.log1p(-ratio));
}

/**
 * Rank (from 1) of the order statistic that is an upper confidence bound of a percentile, or null where even the
 * largest value is none: the least k with P(Bin(n, ratio) ≤ k − 1) ≥ confidence, found by way of Clopper–Pearson.
 * Wilks, Ann. Math. Stat. 12 (1941) 91; Hahn & Meeker, Statistical Intervals (1991), section 5.2.
 */
export function percentileUpperRank(ratio: number, samples: number, confidence = CONFIDENCE): number | null {
  const isBound = (rank: number): boolean => ratioLowerBound(rank, samples, confidence) >= ratio - 1e-12;
  if (samples < 1 || !isBound(samples)) return null;
  let below = Math.max(0, Math.floor(ratio * samples) - 1);
  let rank = samples;
  while (rank - below > 1) {
    const middle = Math.floor((below + rank) / 2);
    if (isBound(middle)) rank = middle;
    else below = middle;
  }
  return rank;
}

/**
 * Quantile of Student's t by way of the beta distribution: x = ν / (ν + t²) is Beta(ν/2, 1/2).
 * Abramowitz & Stegun 26.7.1 with 26.5.27.
 * @param probability 0.5–1
 */
export function studentTQuantile(probability: number, degreesOfFreedom: number): number {
  const x = betaQuantile(2 * (1 - probability), degreesOfFreedom / 2, 0.5);
  return Math.sqrt((degreesOfFreedom * (1 - x)) / x);
}
