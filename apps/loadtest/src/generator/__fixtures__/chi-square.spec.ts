import { chiSquare } from './chi-square.ts';

describe('chiSquare', () => {
  // Critical values of published tables: the statistic of a single count 100 + x is x² / 100.
  it.each([
    [1, 3.841, 0.05],
    [1, 6.635, 0.01],
    [10, 18.307, 0.05],
    [20, 37.566, 0.01],
  ])('with %i degrees of freedom, %d is exceeded with probability %d', (degrees, statistic, probability) => {
    const counts = [100 + Math.sqrt(statistic * 100), ...Array<number>(degrees - 1).fill(100)];
    expect(chiSquare(counts, Array<number>(degrees).fill(100))).toBeCloseTo(probability, 4);
  });
});
