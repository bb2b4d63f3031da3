import { percentileOf, SelfMeasurement } from './self-measurement.ts';

describe('percentileOf', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => 100 - i);

  it.each([
    ['p99 of 1 to 100', hundred, 0.99, 99],
    ['p100', hundred, 1, 100],
    ['p0', hundred, 0, 1],
    ['p99 of a single value', [7], 0.99, 7],
    // 0.55 × 100 is 55.00000000000001 in floating point.
    ['p55, by the rank that latencies have', hundred, 0.55, 55],
    ['of nothing', [], 0.99, 0],
  ])('takes the nearest rank: %s', (_, values, quantile, expected) => {
    expect(percentileOf(values, quantile)).toBe(expected);
  });
});

describe('SelfMeasurement', () => {
  it('counts the CPU of the span and nothing after it', () => {
    const measurement = new SelfMeasurement(0, 100);
    const spinUntil = performance.now() + 50;
    while (performance.now() < spinUntil);
    measurement.at(100);
    const { cpuRatio, busyRatio } = measurement.end();
    expect(cpuRatio).toBeGreaterThan(0);
    expect(busyRatio).toBeLessThanOrEqual(1);
    expect(measurement.end()).toEqual({ cpuRatio, busyRatio, eventLoopDelayP99Ms: expect.any(Number) });
  });

  it('measures nothing, and says zero, when the span never began', () => {
    expect(new SelfMeasurement(1000, 2000).end().eventLoopDelayP99Ms).toBe(0);
  });
});
