import { countWithin, latenessSeen } from './sent-instants.ts';

const punctual = Float64Array.from({ length: 1_000 }, (_, k) => 40 + k * 2);

describe('latenessSeen', () => {
  it('is none where the rate is kept, whenever it began', () => {
    expect(latenessSeen(punctual, 500)).toEqual({ p50Ms: 0, p99Ms: 0 });
  });

  it('counts from when each was due, so what is caught up was late all the same', () => {
    const stalled = punctual.map((atMs, k) => (k >= 500 && k < 550 ? 40 + 550 * 2 : atMs));
    const { p50Ms, p99Ms } = latenessSeen(stalled, 500);
    expect([p50Ms, p99Ms]).toEqual([0, 80]);
  });

  it('grows where the rate is not kept', () => {
    expect(latenessSeen(punctual, 1_000).p99Ms).toBeCloseTo(989, -1);
  });
});

describe('countWithin', () => {
  it('takes the start and leaves the end', () => {
    expect(countWithin(Float64Array.of(0, 1, 2, 3), 1, 3)).toBe(2);
  });
});
