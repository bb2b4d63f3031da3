import fc from 'fast-check';
import { latencySummary, percentile, percentilesInPlace } from './percentile.ts';

describe('percentile', () => {
  // The nearest-rank example of the usual textbooks: 15, 20, 35, 40, 50.
  it.each([
    [0.05, 15],
    [0.3, 20],
    [0.4, 20],
    [0.5, 35],
    [1, 50],
  ])('%d of the ordered list is %i', (ratio, value) => {
    expect(percentile([15, 20, 35, 40, 50], ratio)).toBe(value);
  });

  it('does not slip a rank by rounding', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index + 1);
    expect([percentile(values, 0.99), percentile(values, 0.999)]).toEqual([990, 999]);
  });
});

describe('percentilesInPlace', () => {
  const ratios = [0, 0.05, 0.5, 0.9, 0.99, 0.999, 1];

  it.each([
    // Below and above the length from which Floyd and Rivest sample first; many and few values alike.
    ['few values', 40, 1000],
    ['many values', 2000, 1e9],
    ['many values, most of them alike', 2000, 3],
  ])('finds what sorting finds among %s', (_, maxLength, most) => {
    const values = fc.array(fc.nat(most), { minLength: 1, maxLength, size: 'max' });
    fc.assert(
      fc.property(values, (some) => {
        const ascending = Float64Array.from(some).sort();
        const found = percentilesInPlace(Float64Array.from(some), ratios);
        expect(found).toEqual(ratios.map((ratio) => percentile(ascending, ratio)));
      }),
    );
  });
});

describe('latencySummary', () => {
  it('sorts without touching its input', () => {
    const latencies = Float64Array.from([30, 10, 20]);
    expect(latencySummary(latencies)).toEqual({ p50: 20, p90: 30, p99: 30, p999: 30, max: 30 });
    expect([...latencies]).toEqual([30, 10, 20]);
  });

  it('has nothing to say of nothing', () => {
    expect(latencySummary(new Float64Array(0))).toBeNull();
  });
});
