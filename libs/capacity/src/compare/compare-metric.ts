import { CONFIDENCE, studentTQuantile } from '../statistics/bounds.ts';
import {
  isMoreBetter,
  type ComparedMetric,
  type MetricComparison,
  type MetricVerdict,
  type RunEvidence,
} from './comparison.ts';
import { bootknife, varianceOver, type Draw } from './resample.ts';
import { resampledRun, type ResampledRun } from './resample-run.ts';
import { spreadOf } from './run-spread.ts';
import { mean } from './run-value.ts';

/** Enough for a standard error (Efron & Tibshirani 1993, section 6.4: rarely more than 200). */
const REPLICATES = 200;

/** e to this is the largest power of e that is a finite number, nearly. */
const LARGEST_LOG = 700;

/** How often a detectable difference is found. */
const POWER = 0.8;

/** Both sides of one metric, as logarithms. */
export interface ComparedSides {
  readonly metric: ComparedMetric;
  readonly a: readonly RunEvidence[];
  readonly b: readonly RunEvidence[];
  readonly valuesOfA: readonly number[];
  readonly valuesOfB: readonly number[];
  /** Values of earlier runs of either side's system. */
  readonly earlierOfA: readonly number[];
  readonly earlierOfB: readonly number[];
  readonly rates: readonly number[];
}

/**
 * Difference of two sides in a metric: Student's t around the difference of the mean logarithms. Its standard error is
 * the larger of two: that of the hierarchical bootstrap over runs, rates and seconds (Davison & Hinkley 1997,
 * section 3.8), and that of the run-to-run spread, without which two runs would differ by the machine's mood.
 * Percentile and BCa intervals of two to five runs are far too short (Hesterberg, Am. Stat. 69, 2015): hence t.
 * @param comparisons how many metrics are compared at once; Bonferroni's share of the error goes to each
 */
export function compareMetric(sides: ComparedSides, comparisons: number, draw: Draw): MetricComparison {
  const { metric, valuesOfA, valuesOfB, earlierOfA, earlierOfB } = sides;
  // A run and one earlier run of its system already show a spread: they are one group.
  const spread = spreadOf(metric, [
    [...valuesOfA, ...earlierOfA],
    [...valuesOfB, ...earlierOfB],
  ]);
  const betweenRuns = spread.sdLog ** 2 * (1 / valuesOfA.length + 1 / valuesOfB.length);
  const standardError = Math.sqrt(Math.max(betweenRuns, bootstrapVariance(sides, draw)));
  const perSide = 1 - (1 - CONFIDENCE) / 2 / comparisons;
  const quantile = studentTQuantile(perSide, spread.degrees);
  const difference = mean(valuesOfB) - mean(valuesOfA);
  const lower = difference - quantile * standardError;
  const upper = difference + quantile * standardError;
  const detectable = (quantile + studentTQuantile(POWER, spread.degrees)) * standardError;
  return {
    metric,
    a: Math.exp(mean(valuesOfA)),
    b: Math.exp(mean(valuesOfB)),
    ratio: ratioOf(difference),
    ratioLower: ratioOf(lower),
    ratioUpper: ratioOf(upper),
    verdict: verdictOf(metric, lower, upper),
    detectableRatio: ratioOf(detectable),
    spread,
  };
}

/**
 * Variance of the difference over resamples of the runs of a side and of each run's own seconds. Where a side has but
 * one run, the rates are resampled too: how far they disagree is all that the runs themselves tell of their noise.
 */
export function bootstrapVariance(
  { metric, a, b, rates }: Pick<ComparedSides, 'metric' | 'a' | 'b' | 'rates'>,
  draw: Draw,
): number {
  const [ofA, ofB] = [a, b].map((side) => side.map((evidence) => resampledRun(metric, evidence, rates)));
  const all = rates.map((_, index) => index);
  const hasOneRun = a.length === 1 || b.length === 1;
  const meanOf = (picked: readonly number[], side: readonly ResampledRun[] = []): number =>
    mean(bootknife(side.length, draw).map((index) => side[index]?.(picked, draw) ?? 0));
  return varianceOver(REPLICATES, () => {
    const picked = hasOneRun ? bootknife(rates.length, draw) : all;
    return meanOf(picked, ofB) - meanOf(picked, ofA);
  });
}

function verdictOf(metric: ComparedMetric, lower: number, upper: number): MetricVerdict {
  if (lower <= 0 && upper >= 0) return 'no-difference';
  return lower > 0 === isMoreBetter(metric) ? 'faster' : 'slower';
}

/** A difference of logarithms as a ratio, kept finite. */
function ratioOf(difference: number): number {
  return Math.exp(Math.max(-LARGEST_LOG, Math.min(LARGEST_LOG, difference)));
}
