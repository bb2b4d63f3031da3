import { combinedPValue, exponentialCdf, gapsOf, kolmogorovSmirnov } from './goodness-of-fit.ts';

const COUNT = 1_000_000;

/** Fit of COUNT values whose distribution lies off the uniform one by D, and the x of Kolmogorov's table it means. */
function fitAt(x: number) {
  const statistic = x / (Math.sqrt(COUNT) + 0.12 + 0.11 / Math.sqrt(COUNT));
  const values = Float64Array.from({ length: COUNT }, (_, i) => i / COUNT - statistic + 1 / COUNT);
  return kolmogorovSmirnov(values, (value) => value);
}

describe('kolmogorovSmirnov', () => {
  // Critical values of Kolmogorov's distribution (Smirnov 1948, Ann. Math. Stat. 19).
  it.each([
    [0.828, 0.5],
    [1.073, 0.2],
    [1.224, 0.1],
    [1.358, 0.05],
    [1.628, 0.01],
    [1.949, 0.001],
  ])('gives the tabulated p at x = %d', (x, pValue) => {
    expect(fitAt(x).pValue / pValue).toBeCloseTo(1, 2);
  });

  it('finds the largest difference on either side of a step', () => {
    const uniform = (value: number) => value;
    expect(kolmogorovSmirnov(Float64Array.of(0.5), uniform).statistic).toBe(0.5);
    expect(kolmogorovSmirnov(Float64Array.of(0.9, 0.8), uniform).statistic).toBeCloseTo(0.8, 12);
    expect(kolmogorovSmirnov(Float64Array.of(0.1, 0.2), uniform).statistic).toBeCloseTo(0.8, 12);
  });

  it('passes quantiles of the exponential and fails a constant gap of the same mean', () => {
    const quantiles = Float64Array.from({ length: 1_000 }, (_, i) => -2 * Math.log(1 - (i + 0.5) / 1_000));
    expect(kolmogorovSmirnov(quantiles, exponentialCdf(2)).pValue).toBeGreaterThan(0.99);
    expect(kolmogorovSmirnov(new Float64Array(1_000).fill(2), exponentialCdf(2)).pValue).toBeLessThan(1e-9);
  });
});

describe('combinedPValue', () => {
  it.each([
    ['is that of one test', [0.3], 0.3],
    ['is that of tests which agree', [0.01, 0.01, 0.01], 0.01],
    [
      'shows four failures of nine, which the median hides',
      [...Array(5).fill(0.5), ...Array(4).fill(0.01)],
      9 / 410,
    ],
    ['shows the one that fails badly', [0.9, 0.9, 0.9, 1e-6], 4e-6],
    ['is 0 where one is', [0.9, 0], 0],
  ])('%s', (_what, pValues, expected) => {
    expect(combinedPValue(pValues)).toBeCloseTo(expected, 6);
  });
});

describe('gapsOf', () => {
  it('is one fewer than the instants', () => {
    expect([...gapsOf(Float64Array.of(1, 3, 7))]).toEqual([2, 4]);
  });
});
