import { fingerprintChanges } from '../evidence/fingerprint-changes.ts';
import type { RunRecord } from '../run-record.ts';
import { commonRates } from './common-rates.ts';
import { compareMetric, type ComparedSides } from './compare-metric.ts';
import {
  comparedMetrics,
  type Comparison,
  type MetricComparison,
  type RateComparison,
  type RateFigures,
  type RunEvidence,
} from './comparison.ts';
import { comparisonNotes } from './comparison-notes.ts';
import { earlierRuns, type EarlierRuns } from './earlier-runs.ts';
import { unequallyBusy } from './machine-busy.ts';
import { refuseComparison } from './refuse-comparison.ts';
import { drawsOf } from './resample.ts';
import { figuresAt, mean, runValue } from './run-value.ts';

/** What is compared: one run a side, or several of the same system. */
export interface ComparisonInput {
  readonly a: readonly RunEvidence[];
  readonly b: readonly RunEvidence[];
  /** Other runs at hand; those of the same systems show how much runs differ by themselves. */
  readonly candidates: readonly RunRecord[];
  /** Of the resampling: the same seed gives the same figures. */
  readonly seed: number;
}

/**
 * Whether B is faster or slower than A beyond noise, metric by metric: latency and function duration at the rates that
 * all runs measured well below saturation, sustained rate, goodput. All intervals hold together at 95 %, so that
 * of twenty comparisons of equal systems at most one finds a difference, where the spread between runs is seen in
 * three or more a side or in earlier ones, or is no larger than what is assumed (`run-spread.ts`; beyond that up to
 * one in eight: README).
 */
export function compareRuns({ a, b, candidates, seed }: ComparisonInput): Comparison {
  const [runsOfA, runsOfB] = [runsOf(a), runsOf(b)];
  const reasons = refuseComparison(runsOfA, runsOfB);
  if (reasons.length > 0) return { kind: 'refused', reasons };
  const rates = commonRates([...runsOfA, ...runsOfB]);
  const changes =
    runsOfA[0] && runsOfB[0] ? fingerprintChanges(runsOfA[0].fingerprint, runsOfB[0].fingerprint) : [];
  const busy = unequallyBusy(runsOfA, runsOfB, rates);
  if (changes.length === 0 && busy !== null) {
    const reason = `${busy} The system is the same by its fingerprint, so that something else ran on the machine: measure again`;
    return { kind: 'refused', reasons: [reason] };
  }
  const earlier = earlierRuns(runsOfA, runsOfB, candidates);
  const history = [...earlier.a, ...earlier.b];
  const sides = comparedMetrics.flatMap((metric) => sidesOf(metric, { a, b }, rates, earlier));
  if (sides.length === 0) return { kind: 'refused', reasons: ['the runs have no figures in common'] };
  const draw = drawsOf(seed);
  const metrics = sides.map((each) => compareMetric(each, sides.length, draw));
  return {
    kind: 'compared',
    a: runsOfA.map(({ runId }) => runId),
    b: runsOfB.map(({ runId }) => runId),
    verdict: verdictOf(metrics),
    metrics,
    rates: rates.map((rate) => rateComparison(rate, runsOfA, runsOfB)),
    changes,
    history: history.map(({ runId }) => runId),
    notes: comparisonNotes({ a: runsOfA, b: runsOfB, rates, metrics, earlier: history }),
  };
}

function sidesOf(
  metric: ComparedSides['metric'],
  { a, b }: Pick<ComparisonInput, 'a' | 'b'>,
  rates: readonly number[],
  earlier: EarlierRuns,
): readonly ComparedSides[] {
  const known = (runs: readonly RunRecord[]): number[] =>
    runs.flatMap((run) => runValue(metric, run, rates) ?? []);
  const [valuesOfA, valuesOfB] = [known(runsOf(a)), known(runsOf(b))];
  if (valuesOfA.length < a.length || valuesOfB.length < b.length) return [];
  const [earlierOfA, earlierOfB] = [known(earlier.a), known(earlier.b)];
  return [{ metric, a, b, valuesOfA, valuesOfB, earlierOfA, earlierOfB, rates }];
}

function verdictOf(metrics: readonly MetricComparison[]) {
  const isFaster = metrics.some(({ verdict }) => verdict === 'faster');
  const isSlower = metrics.some(({ verdict }) => verdict === 'slower');
  if (isFaster && isSlower) return 'mixed';
  return isSlower ? 'slower' : isFaster ? 'faster' : 'no-difference';
}

function rateComparison(
  ratePerSecond: number,
  a: readonly RunRecord[],
  b: readonly RunRecord[],
): RateComparison {
  return { ratePerSecond, a: sideFigures(ratePerSecond, a), b: sideFigures(ratePerSecond, b) };
}

/** Geometric means over the runs of a side. */
function sideFigures(ratePerSecond: number, runs: readonly RunRecord[]): RateFigures {
  const figures = runs.flatMap((run) => figuresAt(run, ratePerSecond) ?? []);
  const durations = figures.flatMap(({ durationMs }) =>
    durationMs === null || durationMs <= 0 ? [] : [durationMs],
  );
  return {
    p50Ms: geometricMean(figures.map(({ p50Ms }) => p50Ms)),
    p99Ms: geometricMean(figures.map(({ p99Ms }) => p99Ms)),
    durationMs: durations.length < runs.length ? null : geometricMean(durations),
  };
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

function runsOf(side: readonly RunEvidence[]): readonly RunRecord[] {
  return side.map(({ run }) => run);
}
