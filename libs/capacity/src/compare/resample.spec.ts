import { bootknife, drawsOf, varianceOver } from './resample.ts';

// Survival of mice in days: Efron & Tibshirani, An Introduction to the Bootstrap (1993), table 2.1.
const treated = [94, 197, 16, 38, 99, 141, 23];
const control = [52, 104, 146, 10, 51, 30, 40, 27, 46];
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('bootknife', () => {
  it.each([
    ['treated', treated, 25.24],
    ['control', control, 14.14],
  ])('gives the published standard error of the mean of the %s mice', (_group, values, published) => {
    const draw = drawsOf(7);
    const variance = varianceOver(20_000, () =>
      mean(bootknife(values.length, draw).map((index) => values[index]!)),
    );
    expect(Math.abs(Math.sqrt(variance) / published - 1)).toBeLessThan(0.015);
  });

  it('gives the published standard error of the difference, 28.93', () => {
    const draw = drawsOf(8);
    const resampled = (values: readonly number[]) =>
      mean(bootknife(values.length, draw).map((index) => values[index]!));
    const error = Math.sqrt(varianceOver(20_000, () => resampled(treated) - resampled(control)));
    expect(mean(treated) - mean(control)).toBeCloseTo(30.63, 2);
    expect(Math.abs(error / 28.93 - 1)).toBeLessThan(0.015);
  });

  it('has the variance of the n − 1 formula for two, where the plain bootstrap has half of it', () => {
    const draw = drawsOf(9);
    const variance = varianceOver(20_000, () => mean(bootknife(2, draw)));
    // Values 0 and 1: s² / n = 0.5 / 2.
    expect(variance).toBeCloseTo(0.25, 2);
  });

  it('leaves one item out of every sample', () => {
    const draw = drawsOf(10);
    for (let sample = 0; sample < 200; sample += 1) expect(new Set(bootknife(4, draw)).size).toBeLessThan(4);
  });

  it.each([
    [0, []],
    [1, [0]],
  ])('draws %d items as they are', (count, expected) => {
    expect(bootknife(count, drawsOf(1))).toEqual(expected);
  });
});

describe('drawsOf', () => {
  it('is the same for a seed and another for another', () => {
    const numbers = (seed: number) => Array.from({ length: 8 }, drawsOf(seed).bind(null, 1000));
    expect(numbers(3)).toEqual(numbers(3));
    expect(numbers(3)).not.toEqual(numbers(4));
  });

  it('draws every number below as often as any other', () => {
    const draw = drawsOf(5);
    const counts = [0, 0, 0, 0, 0, 0];
    for (let drawn = 0; drawn < 60_000; drawn += 1) counts[draw(6)]! += 1;
    const chiSquare = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
    // 99.9 % quantile of χ² with 5 degrees of freedom.
    expect(chiSquare).toBeLessThan(20.5);
  });
});

describe('varianceOver', () => {
  it('agrees with the two-pass formula, far from zero', () => {
    const values = [1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16];
    let next = 0;
    expect(varianceOver(4, () => values[next++]!)).toBe(30);
  });
});
