import { TokenBucket } from '@spillway/throttle';
import fc from 'fast-check';
import { UnitBuckets } from './unit-buckets.ts';

const admit = (buckets: UnitBuckets, bucket: number, units: number, nowMs: number): boolean => {
  const isThere = buckets.has(bucket, units, nowMs);
  if (isThere) buckets.take(bucket, units);
  return isThere;
};

describe(UnitBuckets.name, () => {
  it('decides as one TokenBucket of libs/throttle for each bucket does', () => {
    const calls = fc.array(fc.record({ gapMs: fc.nat(40), bucket: fc.nat(2) }), { maxLength: 300 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 20 }),
        calls,
        (rate, burst, sent) => {
          const limits = { rateLimit: rate, burstLimit: burst };
          const wanted = [0, 1, 2].map(() => new TokenBucket(limits, 0));
          const buckets = new UnitBuckets(3, rate, burst);
          let nowMs = 0;
          for (const { gapMs, bucket } of sent) {
            nowMs += gapMs;
            const verdict = wanted[bucket]!.admit(nowMs) === 'admitted';
            expect(admit(buckets, bucket, 1, nowMs)).toBe(verdict);
          }
        },
      ),
    );
  });

  it('takes several units at once, all or none', () => {
    const buckets = new UnitBuckets(1, 10, 5);
    expect(admit(buckets, 0, 3, 0)).toBe(true);
    expect(admit(buckets, 0, 3, 0)).toBe(false);
    expect(admit(buckets, 0, 2, 0)).toBe(true);
    expect(admit(buckets, 0, 3, 299)).toBe(false);
    expect(admit(buckets, 0, 3, 300)).toBe(true);
  });

  it('keeps its tokens, up to the new size, when its limits change', () => {
    const smaller = new UnitBuckets(1, 1, 100);
    smaller.limit(1, 10, 0);
    expect([smaller.has(0, 11, 0), smaller.has(0, 10, 0)]).toEqual([false, true]);
    const larger = new UnitBuckets(1, 1, 10);
    larger.limit(1000, 100, 0);
    expect([larger.has(0, 11, 0), larger.has(0, 20, 10)]).toEqual([false, true]);
  });
});
