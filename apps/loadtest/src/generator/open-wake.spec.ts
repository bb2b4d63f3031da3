import { isDense } from './open-wake.ts';

const every = (gapMs: number, count: number) => Float64Array.from({ length: count }, (_, i) => i * gapMs);

describe('isDense', () => {
  it.each([
    ['1,000/s', every(1, 5_000), false],
    ['1,010/s', every(0.99, 5_000), true],
    ['a thousand at once', every(0, 1_000), false],
    ['a thousand and one at once', every(0, 1_001), true],
    ['nothing', every(1, 0), false],
    [
      'a rush late in a calm step',
      Float64Array.from([...every(10, 200), ...every(0.5, 2_000).map((atMs) => 5_000 + atMs)]),
      true,
    ],
  ])('of %s', (_case, schedule, dense) => {
    expect(isDense(schedule)).toBe(dense);
  });
});
