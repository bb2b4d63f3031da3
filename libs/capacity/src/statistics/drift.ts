import { linearRegression, mean, sampleCorrelation, sampleStandardDeviation } from 'simple-statistics';
import { CONFIDENCE, studentTQuantile, Z_95 } from './bounds.ts';
import type { TimedValue } from './theil-sen.ts';

/** Fewer increments or levels say nothing about their spread. */
const AT_LEAST = 5;

/**
 * Whether increments of equal spans are positive on the mean: one-sided one-sample t-test. The increments of a
 * random walk are independent where its levels are not, so this holds against a queue that merely wanders, which
 * a trend test on the levels calls a trend (Granger & Newbold, J. Econometrics 2 (1974) 111).
 */
export function isDriftPositive(increments: readonly number[], confidence = CONFIDENCE): boolean {
  if (increments.length < AT_LEAST) return false;
  const { average, error } = meanAndError(increments);
  return average > studentTQuantile(confidence, increments.length - 1) * error;
}

/**
 * Upper confidence bound of a level's drift, value per second; null where there is too little to say.
 * Levels that don't remember each other (lag-1 correlation within its noise, 1.645 / √n: Bartlett 1946) get the
 * bound of an ordinary regression slope, all others that of a random walk's increments.
 * @param levels on an even grid
 * @param increments change over consecutive blocks of `blockMs`
 */
export function driftUpperPerSecond(
  levels: readonly TimedValue[],
  increments: readonly number[],
  blockMs: number,
  confidence = CONFIDENCE,
): number | null {
  if (levels.length < 2 * AT_LEAST || increments.length < AT_LEAST) return null;
  if (!isRemembering(levels)) return slopeUpperPerSecond(levels, confidence);
  const { average, error } = meanAndError(increments);
  const upper = average + studentTQuantile(confidence, increments.length - 1) * error;
  return upper / (blockMs / 1000);
}

/** Whether the level at one point of the grid tells something about the next. */
function isRemembering(levels: readonly TimedValue[]): boolean {
  const values = levels.map(({ value }) => value);
  if (values.every((value) => value === values[0])) return false;
  const correlation = sampleCorrelation(values.slice(0, -1), values.slice(1));
  return !(correlation <= Z_95 / Math.sqrt(values.length));
}

/** Upper bound of the least-squares slope: Draper & Smith, Applied Regression Analysis (1998), section 1.4. */
function slopeUpperPerSecond(levels: readonly TimedValue[], confidence: number): number {
  const points = levels.map(({ atMs, value }) => [atMs / 1000, value]);
  const { m: slope, b: intercept } = linearRegression(points);
  const centre = mean(points.map(([x = 0]) => x));
  let residual = 0;
  let spread = 0;
  for (const [x = 0, y = 0] of points) {
    residual += (y - intercept - slope * x) ** 2;
    spread += (x - centre) ** 2;
  }
  const degrees = points.length - 2;
  return slope + studentTQuantile(confidence, degrees) * Math.sqrt(residual / degrees / spread);
}

function meanAndError(values: readonly number[]): { average: number; error: number } {
  return {
    average: mean([...values]),
    error: sampleStandardDeviation([...values]) / Math.sqrt(values.length),
  };
}
