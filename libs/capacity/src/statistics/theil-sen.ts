import { median } from 'simple-statistics';
import { Z_95 } from './bounds.ts';

/** A value at an instant. */
export interface TimedValue {
  readonly atMs: number;
  readonly value: number;
}

/**
 * Theil–Sen slope: the median of the slopes of all pairs, so that a third of the points may be outliers.
 * Sen, J. Am. Stat. Assoc. 63 (1968) 1379. Quadratic in the points: meant for a grid of tens.
 * @returns value per second; 0 below two distinct instants
 */
export function theilSenSlopePerSecond(points: readonly TimedValue[]): number {
  const slopes: number[] = [];
  points.forEach((a, index) => {
    for (const b of points.slice(index + 1)) {
      if (a.atMs !== b.atMs) slopes.push((b.value - a.value) / ((b.atMs - a.atMs) / 1000));
    }
  });
  return slopes.length === 0 ? 0 : median(slopes);
}

/**
 * Mann–Kendall statistic: S (pairs that rise − pairs that fall) and its normal score, corrected for continuity
 * and ties. Mann, Econometrica 13 (1945) 245; Gilbert, Statistical Methods (1987), section 16.4.
 */
export function mannKendall(values: readonly number[]): { readonly s: number; readonly z: number } {
  const n = values.length;
  let s = 0;
  const ties = new Map<number, number>();
  values.forEach((value, index) => {
    ties.set(value, (ties.get(value) ?? 0) + 1);
    for (let later = index + 1; later < n; later += 1) s += Math.sign((values[later] ?? 0) - value);
  });
  let spread = n * (n - 1) * (2 * n + 5);
  for (const count of ties.values()) spread -= count * (count - 1) * (2 * count + 5);
  const variance = spread / 18;
  return { s, z: variance > 0 && s !== 0 ? (s - Math.sign(s)) / Math.sqrt(variance) : 0 };
}

/** Whether levels rise rather than fall or wander, at 95 % one-sided; independence of the levels is assumed. */
export function isRising(levels: readonly TimedValue[]): boolean {
  return mannKendall(levels.map(({ value }) => value)).z > Z_95;
}
