import fc from 'fast-check';
import { UnitBucket } from './unit-bucket.ts';

/** Admits as the meter does: what is at hand is taken. */
const take = (bucket: UnitBucket, units: number, nowMs: number): boolean => {
  const isAdmitted = bucket.has(units, nowMs);
  if (isAdmitted) bucket.charge(units, nowMs);
  return isAdmitted;
};

describe('UnitBucket', () => {
  it('gives what it holds and not one unit more', () => {
    const bucket = new UnitBucket({ unitsPerSecond: 5, size: 1500 }, 0);
    expect([take(bucket, 1500, 0), take(bucket, 1, 0)]).toEqual([true, false]);
  });

  it.each([
    [199, false],
    [200, true],
  ])('has a unit of 5/s again after 200 ms: at %i ms %s', (nowMs, isAdmitted) => {
    const bucket = new UnitBucket({ unitsPerSecond: 5, size: 10 }, 0);
    take(bucket, 10, 0);
    expect(take(bucket, 1, nowMs)).toBe(isAdmitted);
  });

  it('makes the calls after it wait for a debt', () => {
    const bucket = new UnitBucket({ unitsPerSecond: 10, size: 10 }, 0);
    bucket.charge(30, 0);
    expect([bucket.has(1, 2000), bucket.has(1, 2100)]).toEqual([false, true]);
  });

  it('gives back no more than it can hold', () => {
    const bucket = new UnitBucket({ unitsPerSecond: 1, size: 10 }, 0);
    bucket.charge(-5, 0);
    expect([take(bucket, 10, 0), take(bucket, 1, 0)]).toEqual([true, false]);
  });

  it('admits a call larger than itself when it is full', () => {
    const bucket = new UnitBucket({ unitsPerSecond: 1, size: 10 }, 0);
    expect([take(bucket, 25, 0), bucket.has(1, 15_000), bucket.has(1, 16_000)]).toEqual([true, false, true]);
  });

  it('is full again once everything has come back', () => {
    const bucket = new UnitBucket({ unitsPerSecond: 10, size: 10 }, 0);
    bucket.charge(1, 0);
    expect([bucket.isFull(99), bucket.isFull(100)]).toEqual([false, true]);
  });

  it('grows filled and shrinks to its new size', () => {
    const bucket = new UnitBucket({ unitsPerSecond: 1, size: 10 }, 0);
    bucket.charge(10, 0);
    bucket.limit({ unitsPerSecond: 1, size: 15 }, 0);
    expect([bucket.has(5, 0), bucket.has(6, 0)]).toEqual([true, false]);
    bucket.limit({ unitsPerSecond: 1, size: 2 }, 0);
    expect([take(bucket, 2, 0), take(bucket, 1, 0)]).toEqual([true, false]);
  });

  it('admits at most size + rate × elapsed units between any two calls', () => {
    const calls = fc.array(
      fc.record({
        gapMs: fc.double({ min: 0, max: 500, noNaN: true }),
        units: fc.integer({ min: 1, max: 40 }),
      }),
      { minLength: 1, maxLength: 200 },
    );
    const limits = fc.record({
      unitsPerSecond: fc.double({ min: 0.1, max: 5000, noNaN: true }),
      size: fc.integer({ min: 40, max: 2000 }),
    });
    fc.assert(
      fc.property(limits, calls, fc.nat(), (bucketLimits, sent, start) => {
        const bucket = new UnitBucket(bucketLimits, 0);
        let nowMs = 0;
        const log = sent.map(({ gapMs, units }) => {
          nowMs += gapMs;
          return { nowMs, units: take(bucket, units, nowMs) ? units : 0 };
        });
        const from = start % log.length;
        const admitted = log.slice(from).reduce((total, { units }) => total + units, 0);
        const elapsedMs = nowMs - log[from]!.nowMs;
        expect(admitted).toBeLessThanOrEqual(
          bucketLimits.size + (bucketLimits.unitsPerSecond * elapsedMs) / 1000 + 1e-6,
        );
      }),
    );
  });
});
