import type { Answers } from '../answers/answers.ts';
import type { FingerprintChange } from '../evidence/fingerprint-changes.ts';
import type { RunRecord } from '../run-record.ts';

/** What two sides are compared by. */
export const comparedMetrics = [
  'latency-p50',
  'latency-p99',
  'function-duration',
  'sustained-rate',
  'goodput',
] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

/** A run and, where they are at hand, the answers of its steps by name. */
export interface RunEvidence {
  readonly run: RunRecord;
  readonly answers: ReadonlyMap<string, Answers>;
}

/** Whether B is better or worse than A in a metric, beyond noise. */
export type MetricVerdict = 'faster' | 'slower' | 'no-difference';

/** Where the run-to-run spread comes from. */
export interface Spread {
  /** Standard deviation of the metric's logarithm between runs of the same system. */
  readonly sdLog: number;
  /** Degrees of freedom of it, those of the assumption included. */
  readonly degrees: number;
  /** Degrees of freedom seen in the compared runs and in earlier ones; 0: all is assumed. */
  readonly degreesSeen: number;
}

/** One metric of both sides; ms or requests/s, and B ÷ A. */
export interface MetricComparison {
  readonly metric: ComparedMetric;
  /** Geometric means over a side's runs, and over the common rates where the metric belongs to a rate. */
  readonly a: number;
  readonly b: number;
  readonly ratio: number;
  /**
   * Interval of the ratio; all intervals of a comparison hold together at 95 %, where the spread between runs is seen
   * in enough of them or is no larger than assumed.
   */
  readonly ratioLower: number;
  readonly ratioUpper: number;
  readonly verdict: MetricVerdict;
  /** Ratio above 1 that would have been told from noise eight times in ten. */
  readonly detectableRatio: number;
  readonly spread: Spread;
}

/** Figures of one common rate: geometric means over a side's runs, ms. */
export interface RateComparison {
  readonly ratePerSecond: number;
  readonly a: RateFigures;
  readonly b: RateFigures;
}

export interface RateFigures {
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Null where the stage's metrics lack it. */
  readonly durationMs: number | null;
}

/** What a comparison of two sides comes to. */
export type Comparison =
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | {
      readonly kind: 'compared';
      readonly a: readonly string[];
      readonly b: readonly string[];
      /** `mixed`: better in one metric, worse in another. */
      readonly verdict: MetricVerdict | 'mixed';
      readonly metrics: readonly MetricComparison[];
      readonly rates: readonly RateComparison[];
      readonly changes: readonly FingerprintChange[];
      /** Earlier runs of the same systems that the spread was also read from. */
      readonly history: readonly string[];
      /** Sentences on what limits the comparison. */
      readonly notes: readonly string[];
    };

/** Whether a larger value of the metric is the better one. */
export function isMoreBetter(metric: ComparedMetric): boolean {
  return metric === 'sustained-rate' || metric === 'goodput';
}
