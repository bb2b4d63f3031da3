import fc from 'fast-check';
import { LatencyHistogram } from './latency-histogram.ts';

describe(LatencyHistogram.name, () => {
  it('gives percentiles within 0.4 % of the sorted values, and the mean and the most exactly', () => {
    const values = fc.array(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), {
      minLength: 1,
      maxLength: 300,
    });
    fc.assert(
      fc.property(values, fc.double({ min: 0.01, max: 1, noNaN: true }), (all, share) => {
        const histogram = new LatencyHistogram();
        for (const value of all) histogram.add(value);
        const sorted = [...all].sort((a, b) => a - b);
        const wanted = sorted[Math.ceil(share * all.length) - 1]!;
        expect(Math.abs(histogram.percentileMs(share)! / wanted - 1)).toBeLessThan(0.004);
        expect(histogram.maxMs).toBe(sorted.at(-1));
        expect(histogram.meanMs).toBeCloseTo(all.reduce((sum, one) => sum + one, 0) / all.length, 6);
      }),
    );
  });

  it('counts zeros as zeros', () => {
    const histogram = new LatencyHistogram();
    histogram.add(0);
    expect([histogram.percentileMs(0.5), histogram.maxMs, histogram.count]).toEqual([0, 0, 1]);
  });

  it('says null of nothing', () => {
    const { meanMs, maxMs } = new LatencyHistogram();
    expect([meanMs, maxMs, new LatencyHistogram().percentileMs(0.5)]).toEqual([null, null, null]);
  });
});
