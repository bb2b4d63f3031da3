import {
  percentileUpperRank,
  ratioLowerBound,
  ratioUpperBound,
  samplesForNoneBad,
  studentTQuantile,
} from './bounds.ts';

/** P(X ≤ k) of a binomial by summing its terms in logarithms: independent of the beta quantile. */
function binomialCdf(k: number, n: number, p: number): number {
  let logTerm = n * Math.log1p(-p);
  let total = Math.exp(logTerm);
  for (let i = 1; i <= k; i += 1) {
    logTerm += Math.log((n - i + 1) / i) + Math.log(p) - Math.log1p(-p);
    total += Math.exp(logTerm);
  }
  return total;
}

describe('samplesForNoneBad', () => {
  it.each([
    ['method, section 3: 1 %', 0.01, 299],
    ['method, section 3: 0.5 %', 0.005, 598],
    ['method, section 3: 0.1 %', 0.001, 2995],
    ['success run, 95/95', 0.05, 59],
    ['success run, 95/90', 0.1, 29],
  ])('%s', (_source, ratio, samples) => {
    expect(samplesForNoneBad(ratio)).toBe(samples);
  });

  it('is the last size that is too small, plus one', () => {
    expect(ratioUpperBound(0, 298)).toBeGreaterThan(0.01);
    expect(ratioUpperBound(0, 299)).toBeLessThanOrEqual(0.01);
  });

  it('needs one sample for a ratio of 1 and can never show a ratio of 0', () => {
    expect(samplesForNoneBad(1)).toBe(1);
    expect(samplesForNoneBad(0)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('Clopper–Pearson bounds', () => {
  // Two-sided 95 % intervals, so one-sided 97.5 %, from the usual published tables.
  it.each([
    [0, 10, 0, 0.3085],
    [1, 10, 0.0025, 0.445],
    [2, 10, 0.0252, 0.5561],
    [5, 10, 0.1871, 0.8129],
    [10, 10, 0.6915, 1],
    [5, 100, 0.0164, 0.1128],
    [10, 100, 0.049, 0.1762],
    [50, 100, 0.3983, 0.6017],
  ])('%i of %i lies in [%d, %d]', (bad, samples, lower, upper) => {
    expect(ratioLowerBound(bad, samples, 0.975)).toBeCloseTo(lower, 3.9);
    expect(ratioUpperBound(bad, samples, 0.975)).toBeCloseTo(upper, 3.9);
  });

  it.each([
    [3, 200],
    [1, 4000],
    [37, 5000],
    [240, 9000],
  ])('%i of %i: the binomial tail at each bound is 5 %%', (bad, samples) => {
    expect(binomialCdf(bad, samples, ratioUpperBound(bad, samples))).toBeCloseTo(0.05, 8);
    expect(1 - binomialCdf(bad - 1, samples, ratioLowerBound(bad, samples))).toBeCloseTo(0.05, 8);
  });

  it('says nothing without samples', () => {
    expect([ratioLowerBound(0, 0), ratioUpperBound(0, 0)]).toEqual([0, 1]);
  });

  it('takes an effective n that is no whole number, between its neighbours', () => {
    const bound = ratioUpperBound(1, 299.5);
    expect(bound).toBeLessThan(ratioUpperBound(1, 299));
    expect(bound).toBeGreaterThan(ratioUpperBound(1, 300));
  });
});

describe('percentileUpperRank', () => {
  // Least n for which the r-th largest value bounds a percentile at 95 %: Wilks's tables.
  it.each([
    [0.95, 59, 1],
    [0.95, 93, 2],
    [0.95, 124, 3],
    [0.99, 299, 1],
    [0.99, 473, 2],
    [0.99, 628, 3],
    [0.999, 2995, 1],
  ])('of p = %d needs n = %i for the value of rank %i from the top', (ratio, samples, fromTop) => {
    expect(percentileUpperRank(ratio, samples)).toBe(samples - fromTop + 1);
    const below = percentileUpperRank(ratio, samples - 1);
    expect(below).toBe(fromTop === 1 ? null : samples - 1 - fromTop + 2);
  });

  it.each([500, 4000, 20_000])('agrees with the binomial sum at n = %i', (samples) => {
    const rank = percentileUpperRank(0.99, samples) ?? 0;
    expect(binomialCdf(rank - 1, samples, 0.99)).toBeGreaterThanOrEqual(0.95);
    expect(binomialCdf(rank - 2, samples, 0.99)).toBeLessThan(0.95);
  });
});

describe('studentTQuantile', () => {
  it.each([
    [0.95, 1, 6.3138],
    [0.95, 9, 1.8331],
    [0.975, 9, 2.2622],
    [0.95, 30, 1.6973],
    [0.99, 5, 3.3649],
    [0.95, 10_000, 1.645],
  ])('t(%d, %i) is %d, as tabulated', (probability, degrees, t) => {
    expect(studentTQuantile(probability, degrees)).toBeCloseTo(t, 3);
  });
});
