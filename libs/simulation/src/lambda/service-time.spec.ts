import { uniforms } from '../random-streams.ts';
import { serviceTimes, type ServiceTime } from './service-time.ts';

const DRAWS = 200_000;

const drawn = (service: ServiceTime): Float64Array => {
  const next = serviceTimes(service, uniforms(5, 'service'));
  return Float64Array.from({ length: DRAWS }, () => next()).sort();
};
const at = (sorted: Float64Array, share: number): number => sorted[Math.ceil(share * sorted.length) - 1]!;

describe(serviceTimes.name, () => {
  it.each<[string, ServiceTime, meanMs: number, readonly (readonly [share: number, ms: number])[]]>([
    [
      'constant',
      { kind: 'constant', meanMs: 80 },
      80,
      [
        [0.01, 80],
        [0.99, 80],
      ],
    ],
    // Quantiles of Exp(1/100): −100 ln(1 − p).
    [
      'exponential',
      { kind: 'exponential', meanMs: 100 },
      100,
      [
        [0.5, 69.315],
        [0.99, 460.517],
      ],
    ],
    // Mean 100, variation 1: σ² = ln 2, median 100/√2, p99 = median · e^(2.3263 σ).
    [
      'lognormal',
      { kind: 'lognormal', meanMs: 100, variation: 1 },
      100,
      [
        [0.5, 70.711],
        [0.99, 490.56],
      ],
    ],
    [
      'measured',
      { kind: 'measured', timesMs: Float64Array.of(20, 100, 10, 20) },
      37.5,
      [
        [0.24, 10],
        [0.26, 20],
        [0.74, 20],
        [0.76, 100],
      ],
    ],
  ])(
    '%s has the quantiles and the mean of its distribution, within 2 %',
    (_kind, service, wantedMs, quantiles) => {
      const all = drawn(service);
      for (const [share, ms] of quantiles) expect(Math.abs(at(all, share) / ms - 1)).toBeLessThan(0.02);
      const meanMs = all.reduce((sum, one) => sum + one, 0) / DRAWS;
      expect(Math.abs(meanMs / wantedMs - 1)).toBeLessThan(0.02);
    },
  );

  it('gives recorded times in their order, and again from the start', () => {
    const service: ServiceTime = { kind: 'recorded', timesMs: Float64Array.of(5, 7, 9) };
    const next = serviceTimes(service, () => 0);
    expect([next(), next(), next(), next()]).toEqual([5, 7, 9, 5]);
  });

  it('draws the only one of a single measurement', () => {
    const service: ServiceTime = { kind: 'measured', timesMs: Float64Array.of(7) };
    expect([serviceTimes(service, () => 0)(), serviceTimes(service, () => 0.999)()]).toEqual([7, 7]);
  });
});
