import { constantInstantsMs, figuresOf, waitsUnderStalls } from './stall-truth.ts';

const stalls = [0, 1, 2, 3].map((k) => ({ startMs: 5_000 + 10_000 * k, endMs: 6_000 + 10_000 * k }));

describe('waitsUnderStalls', () => {
  it('follows from the schedule: 1 s every 10 s at 200/s', () => {
    const truth = figuresOf(waitsUnderStalls(constantInstantsMs(200, 40_000), stalls));
    // 100 of the 200 that come in a stall wait more than half of it; 80 of 8,000 wait longer than the p99.
    expect(truth).toEqual({ p99Ms: 900, slowRatio: 400 / 8_000 });
  });

  it('agrees with the closed form at any rate', () => {
    const { p99Ms, slowRatio } = figuresOf(waitsUnderStalls(constantInstantsMs(5_000, 40_000), stalls));
    // Of waits that are uniform on [0, 1 s] with chance 1/10, P(wait > x) = (1 − x) / 10.
    expect(p99Ms).toBeCloseTo(900, -1);
    expect(slowRatio).toBeCloseTo(0.05, 4);
  });

  it.each([
    ['before the stall', 99, 0],
    ['at its start', 100, 1_000],
    ['just before its end', 1_099, 1],
    ['at its end', 1_100, 0],
  ])('waits as long as it must %s', (_where, atMs, expected) => {
    expect([...waitsUnderStalls(Float64Array.of(atMs), [{ startMs: 100, endMs: 1_100 }])]).toEqual([
      expected,
    ]);
  });

  it('is nothing without a stall', () => {
    expect(figuresOf(waitsUnderStalls(constantInstantsMs(10, 1_000), []))).toEqual({
      p99Ms: 0,
      slowRatio: 0,
    });
  });
});

describe('figuresOf', () => {
  it('calls slow what is above half a second, and not what is at it', () => {
    expect(figuresOf(Float64Array.of(500, 501, 1, 2)).slowRatio).toBe(0.25);
  });

  it('leaves its input in order', () => {
    const latenciesMs = Float64Array.of(3, 1, 2);
    expect(figuresOf(latenciesMs).p99Ms).toBe(3);
    expect([...latenciesMs]).toEqual([3, 1, 2]);
  });
});
