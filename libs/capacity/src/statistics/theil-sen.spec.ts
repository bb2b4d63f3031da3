import { isRising, mannKendall, theilSenSlopePerSecond } from './theil-sen.ts';

const series = (values: readonly number[]) => values.map((value, index) => ({ atMs: 1000 * index, value }));

/** Orderings of n values with each S, by adding one value at a time: the exact null distribution. */
function exactUpperTail(n: number, s: number): number {
  let byInversions = [1];
  for (let size = 2; size <= n; size += 1) {
    const next = new Array<number>(byInversions.length + size - 1).fill(0);
    byInversions.forEach((count, inversions) => {
      for (let more = 0; more < size; more += 1)
        next[inversions + more] = (next[inversions + more] ?? 0) + count;
    });
    byInversions = next;
  }
  const most = (n * (n - 1)) / 2;
  const total = byInversions.reduce((sum, count) => sum + count, 0);
  const tail = byInversions.filter((_, inversions) => most - 2 * inversions >= s);
  return tail.reduce((sum, count) => sum + count, 0) / total;
}

describe('theilSenSlopePerSecond', () => {
  it("is 4 for Sen's own example (1968)", () => {
    const instants = [1, 2, 3, 4, 10, 12, 18];
    const values = [9, 15, 19, 20, 45, 55, 78];
    const points = instants.map((second, index) => ({ atMs: 1000 * second, value: values[index] ?? 0 }));
    expect(theilSenSlopePerSecond(points)).toBeCloseTo(4, 10);
  });

  it('is not moved by a quarter of outliers', () => {
    const values = Array.from({ length: 40 }, (_, index) => (index % 4 === 0 ? 900 : 2 * index));
    expect(theilSenSlopePerSecond(series(values))).toBeCloseTo(2, 0);
  });

  it('is 0 without two instants', () => {
    expect(theilSenSlopePerSecond([{ atMs: 5, value: 9 }])).toBe(0);
  });
});

describe('mannKendall', () => {
  it("has S = 4 for Gilbert's four values (1987), of tail probability 0.167", () => {
    expect(mannKendall([10, 15, 14, 20]).s).toBe(4);
    expect(exactUpperTail(4, 4)).toBeCloseTo(0.167, 3);
  });

  // Gilbert's table A18, exact tails of S; the normal score must put them on the same side of 5 %.
  it.each([
    [10, 21, 0.036, true],
    [10, 19, 0.054, false],
    [9, 18, 0.038, true],
    [9, 16, 0.06, false],
  ])('n = %i, S = %i has tail %d', (n, s, tail, isSignificant) => {
    expect(exactUpperTail(n, s)).toBeCloseTo(tail, 2);
    const spread = (n * (n - 1) * (2 * n + 5)) / 18;
    expect((s - 1) / Math.sqrt(spread) > 1.645).toBe(isSignificant);
  });

  it('corrects the spread for ties', () => {
    // Nine of ten pairs rise; the tie of two takes 1 from the variance of 16 2/3.
    expect(mannKendall([1, 2, 2, 3, 4]).s).toBe(9);
    expect(mannKendall([1, 2, 2, 3, 4]).z).toBeCloseTo(8 / Math.sqrt(47 / 3), 6);
  });

  it('sees nothing in a constant', () => {
    expect(mannKendall([3, 3, 3, 3])).toEqual({ s: 0, z: 0 });
  });
});

describe('isRising', () => {
  it('tells a rise from a fall', () => {
    const rise = Array.from({ length: 20 }, (_, index) => index + (index % 3));
    expect(isRising(series(rise))).toBe(true);
    expect(isRising(series(rise.toReversed()))).toBe(false);
  });
});
