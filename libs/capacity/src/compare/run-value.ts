import type { RunRecord } from '../run-record.ts';
import { stepsByRate } from './common-rates.ts';
import type { ComparedMetric, RateFigures } from './comparison.ts';

/** Metrics that belong to a rate. */
export type RateMetric = Extract<ComparedMetric, 'latency-p50' | 'latency-p99' | 'function-duration'>;

/**
 * A run's metric as a natural logarithm: of a rate's metric the mean over the rates, so that a difference of two
 * runs is the mean of their log ratios, rate by rate, and no percentile is averaged with another. The sustained rate
 * is the bracket's geometric middle, or its lower end where nothing failed; goodput is the most of any step.
 * Null where the run lacks it.
 */
export function runValue(metric: ComparedMetric, run: RunRecord, rates: readonly number[]): number | null {
  switch (metric) {
    case 'sustained-rate': {
      const bracket = logBracket(run);
      return bracket && (bracket.lower + bracket.upper) / 2;
    }
    case 'goodput':
      return logOf(
        Math.max(0, ...[...stepsByRate(run).values()].map(({ measurement }) => measurement.goodputPerSecond)),
      );
    default: {
      const values = rates.map((rate) => rateValue(metric, run, rate));
      return values.length > 0 && values.every((value) => value !== null) ? mean(values) : null;
    }
  }
}

/** A run's metric at one rate as a natural logarithm. */
export function rateValue(metric: RateMetric, run: RunRecord, ratePerSecond: number): number | null {
  const figures = figuresAt(run, ratePerSecond);
  if (figures === null) return null;
  return logOf(
    { 'latency-p50': figures.p50Ms, 'latency-p99': figures.p99Ms, 'function-duration': figures.durationMs }[
      metric
    ],
  );
}

/** A run's figures at one rate; null where it has no usable step of it. */
export function figuresAt(run: RunRecord, ratePerSecond: number): RateFigures | null {
  const step = stepsByRate(run).get(ratePerSecond);
  const latencyMs = step?.measurement.latencyMs;
  if (!step || !latencyMs) return null;
  return {
    p50Ms: latencyMs.p50,
    p99Ms: latencyMs.p99,
    durationMs: step.record.stage?.durationMeanMs ?? null,
  };
}

/** Ends of a run's bracket as natural logarithms; the upper is the lower where nothing failed. */
export function logBracket({ estimate }: RunRecord): { lower: number; upper: number } | null {
  const lower = logOf(estimate?.lowerPerSecond ?? null);
  return lower === null ? null : { lower, upper: logOf(estimate?.upperPerSecond ?? null) ?? lower };
}

/** Mean of at least one value. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Natural logarithm; null where there is none. */
function logOf(value: number | null): number | null {
  return value !== null && value > 0 && Number.isFinite(value) ? Math.log(value) : null;
}
