import { seededRandom } from '../__fixtures__/random.ts';
import { driftUpperPerSecond, isDriftPositive } from './drift.ts';
import { isRising } from './theil-sen.ts';

/** Sum of independent steps of mean `drift`: what the backlog of a full server does. */
function walk(seed: number, drift: number) {
  const random = seededRandom(seed);
  const levels = [{ atMs: 0, value: 0 }];
  for (let point = 1; point <= 60; point += 1) {
    const step = drift + (random() + random() + random() - 1.5) * 2;
    levels.push({ atMs: 100 * point, value: (levels.at(-1)?.value ?? 0) + step });
  }
  const ends = levels.filter((_, index) => index % 6 === 0).map(({ value }) => value);
  return { levels, increments: ends.slice(1).map((value, index) => value - (ends[index] ?? 0)) };
}

const share = (runs: number, holds: (seed: number) => boolean): number =>
  Array.from({ length: runs }, (_, seed) => holds(seed + 1)).filter(Boolean).length / runs;

describe('isDriftPositive', () => {
  it('calls about 5 % of walks without drift a drift, where a trend test on levels calls many', () => {
    expect(share(600, (seed) => isDriftPositive(walk(seed, 0).increments))).toBeLessThan(0.075);
    expect(share(600, (seed) => isRising(walk(seed, 0).levels))).toBeGreaterThan(0.3);
  });

  it('finds a drift of half a step in most walks', () => {
    expect(share(300, (seed) => isDriftPositive(walk(seed, 0.5).increments))).toBeGreaterThan(0.9);
  });

  it('says nothing of four increments', () => {
    expect(isDriftPositive([9, 9.1, 9, 9.1])).toBe(false);
    expect(isDriftPositive([9, 9.1, 9, 9.1, 9])).toBe(true);
  });
});

describe('driftUpperPerSecond', () => {
  it('lies above the true drift of a walk in about 95 % of the runs', () => {
    const holds = share(600, (seed) => {
      const { levels, increments } = walk(seed, 0.3);
      return (driftUpperPerSecond(levels, increments, 600) ?? 0) >= 3;
    });
    expect(holds).toBeGreaterThan(0.92);
    expect(holds).toBeLessThan(0.98);
  });

  it('lies above the slope of independent noise about a line in about 95 % of the runs', () => {
    const holds = share(600, (seed) => {
      const random = seededRandom(seed);
      const levels = Array.from({ length: 61 }, (_, point) => ({ atMs: 100 * point, value: 10 * random() }));
      const ends = levels.filter((_, index) => index % 6 === 0).map(({ value }) => value);
      const increments = ends.slice(1).map((value, index) => value - (ends[index] ?? 0));
      return (driftUpperPerSecond(levels, increments, 600) ?? 0) >= 0;
    });
    expect(holds).toBeGreaterThan(0.92);
    expect(holds).toBeLessThan(0.98);
  });

  it('is 0 for an empty stage and unknown for too few points', () => {
    const still = Array.from({ length: 61 }, (_, point) => ({ atMs: 100 * point, value: 2 }));
    expect(driftUpperPerSecond(still, new Array<number>(10).fill(0), 600)).toBeCloseTo(0, 9);
    expect(driftUpperPerSecond(still.slice(0, 4), [0, 0, 0, 0, 0], 600)).toBeNull();
  });
});
