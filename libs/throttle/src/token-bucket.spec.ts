import fc from 'fast-check';
import { TokenBucket } from './token-bucket.ts';
import type { BucketLimits } from './token-bucket.ts';

function admissions(bucket: TokenBucket, instantsMs: readonly number[]): boolean[] {
  return instantsMs.map((nowMs) => bucket.admit(nowMs) === 'admitted');
}

/**
 * The same bucket as a virtual schedule (GCRA) over whole numbers, in units of 1/1000 request: a request conforms
 * when it is at most `burstLimit − 1` requests ahead of the schedule, which then moves on by one.
 */
function conforming({ rateLimit, burstLimit }: BucketLimits, instantsMs: readonly number[]): boolean[] {
  let scheduled: bigint | undefined;
  return instantsMs.map((nowMs) => {
    const now = BigInt(nowMs) * BigInt(rateLimit);
    const from = scheduled === undefined || scheduled < now ? now : scheduled;
    if (from - BigInt(burstLimit - 1) * 1000n > now) return false;
    scheduled = from + 1000n;
    return true;
  });
}

const wholeLimits = fc.record({
  rateLimit: fc.integer({ min: 1, max: 12_000 }),
  burstLimit: fc.integer({ min: 1, max: 60 }),
});
const instants = (gap: fc.Arbitrary<number>) =>
  fc.array(gap, { minLength: 1, maxLength: 300 }).map((gaps) => {
    let nowMs = 0;
    return gaps.map((gapMs) => (nowMs += gapMs));
  });

describe('TokenBucket', () => {
  it('admits as many at once as it holds, and not one more', () => {
    const bucket = new TokenBucket({ rateLimit: 50, burstLimit: 10 }, 0);
    expect(admissions(bucket, Array<number>(11).fill(0))).toEqual([...Array<boolean>(10).fill(true), false]);
  });

  it.each([
    ['a token has come back', 20, 'admitted'],
    ['a token has nearly come back', 19, 'throttled'],
  ] as const)('answers an empty bucket at 50/s, when %s (%i ms), by %s', (_why, nowMs, answer) => {
    const bucket = new TokenBucket({ rateLimit: 50, burstLimit: 1 }, 0);
    bucket.admit(0);
    expect(bucket.admit(nowMs)).toBe(answer);
  });

  it('admits 10 + 50·t of 100 requests/s for 10 s', () => {
    const bucket = new TokenBucket({ rateLimit: 50, burstLimit: 10 }, 0);
    const admitted = admissions(
      bucket,
      Array.from({ length: 1000 }, (_, index) => index * 10),
    );
    expect(admitted.filter(Boolean)).toHaveLength(10 + Math.floor(50 * 9.99));
  });

  it('adds up tenths of a token without losing one: 100/s asked every millisecond', () => {
    const bucket = new TokenBucket({ rateLimit: 100, burstLimit: 1 }, 0);
    const everyMs = Array.from({ length: 1001 }, (_, nowMs) => nowMs);
    expect(admissions(bucket, everyMs).filter(Boolean)).toHaveLength(101);
  });

  it('equals an exact virtual schedule', () => {
    fc.assert(
      fc.property(wholeLimits, instants(fc.integer({ min: 0, max: 400 })), (limits, instantsMs) => {
        expect(admissions(new TokenBucket(limits, 0), instantsMs)).toEqual(conforming(limits, instantsMs));
      }),
    );
  });

  it('admits at most burst + rate × elapsed between any two instants, whatever the limits', () => {
    const anyLimits = fc.record({
      rateLimit: fc.double({ min: 0.01, max: 20_000, noNaN: true }),
      burstLimit: fc.integer({ min: 1, max: 60 }),
    });
    const anyGap = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(anyLimits, instants(anyGap), fc.nat(), fc.nat(), (limits, instantsMs, one, other) => {
        const admitted = admissions(new TokenBucket(limits, 0), instantsMs);
        const [from, to] = [one % admitted.length, other % admitted.length].sort((a, b) => a - b) as [
          number,
          number,
        ];
        const elapsedMs = instantsMs[to]! - instantsMs[from]!;
        const roundingTokens = 1e-6;
        expect(admitted.slice(from, to + 1).filter(Boolean).length).toBeLessThanOrEqual(
          limits.burstLimit + (limits.rateLimit * elapsedMs) / 1000 + roundingTokens,
        );
      }),
    );
  });

  it('refills nothing while the clock goes back', () => {
    const bucket = new TokenBucket({ rateLimit: 1000, burstLimit: 1 }, 1000);
    expect(admissions(bucket, [1000, 500, 1000])).toEqual([true, false, false]);
    expect(bucket.admit(1001)).toBe('admitted');
  });

  it('keeps the tokens at hand when its limits rise', () => {
    const bucket = new TokenBucket({ rateLimit: 1, burstLimit: 2 }, 0);
    bucket.admit(0);
    bucket.limit({ rateLimit: 1000, burstLimit: 100 }, 0);
    expect(admissions(bucket, [0, 0])).toEqual([true, false]);
    expect(bucket.admit(1)).toBe('admitted');
  });

  it('keeps no more than its new size when its limits fall', () => {
    const bucket = new TokenBucket({ rateLimit: 1, burstLimit: 100 }, 0);
    bucket.limit({ rateLimit: 1, burstLimit: 2 }, 0);
    expect(admissions(bucket, [0, 0, 0])).toEqual([true, true, false]);
  });

  it('fills up at the old rate until its limits change', () => {
    const bucket = new TokenBucket({ rateLimit: 1000, burstLimit: 3 }, 0);
    admissions(bucket, [0, 0, 0]);
    bucket.limit({ rateLimit: 1, burstLimit: 3 }, 2);
    expect(admissions(bucket, [2, 2, 2])).toEqual([true, true, false]);
  });
});
