import { seededRandom } from './seeded-random.ts';

const draws = (seed: number, count: number) => Array.from({ length: count }, seededRandom(seed));

describe('seededRandom', () => {
  it('draws the same again from the same seed, and others from another', () => {
    expect(draws(7, 5)).toEqual(draws(7, 5));
    expect(draws(7, 5)).not.toEqual(draws(8, 5));
  });

  it('spreads over [0, 1): a tenth of the draws in each tenth, give or take a twentieth of them', () => {
    const counts = Array<number>(10).fill(0);
    for (const draw of draws(1, 100_000)) counts[Math.floor(draw * 10)]! += 1;
    expect(Math.min(...counts)).toBeGreaterThan(9_500);
    expect(Math.max(...counts)).toBeLessThan(10_500);
  });
});
