import type { Answers, JudgedStep, Judgement, RunRecord } from '@spillway/capacity';
import { rateText } from '../figures.ts';
import { isDrawable, onLogAxis } from './chart-parts.ts';

/** Points a curve: even in nines, so that the tail is as smooth as the middle. */
const POINTS = 60;
/** p99.9: beyond it a step of some seconds has a handful of answers. */
const MOST_NINES = 3;

/** Share by which a planned rate may differ from the bracket's end that it is. */
const ROUNDING = 0.002;

/** Latencies of one discovery step, without its warm-up. */
export interface Distribution {
  readonly step: string;
  readonly offeredPerSecond: number;
  /** Why it is drawn in colour, or null where it is one of the others. */
  readonly stands: 'slowest rate' | 'highest that passed' | 'lowest that failed' | null;
  /** Ascending; at least one. */
  readonly latenciesMs: Float64Array;
}

/** Distributions of all discovery steps whose answers are there, by rate. */
export function distributionsOf(
  { steps, estimate }: RunRecord,
  answersByStep: ReadonlyMap<string, Answers>,
): Distribution[] {
  const discovery = steps
    .filter(({ record }) => record.purpose === 'discovery')
    .sort((a, b) => plannedPerSecond(a) - plannedPerSecond(b));
  const verdicts = (verdict: Judgement['verdict']) =>
    discovery.filter(({ judgement }) => judgement.verdict === verdict);
  // The bracket says which failure counts: a lone one that its repeats contradict does not.
  const firstFailure = verdicts('fail').map(plannedPerSecond).at(0) ?? Infinity;
  const upper = (estimate?.upperPerSecond ?? firstFailure) * (1 - ROUNDING);
  const failing = verdicts('fail').find((step) => plannedPerSecond(step) >= upper);
  const passing = verdicts('pass').filter((step) => plannedPerSecond(step) < upper);
  const standing = new Map([
    [failing, 'lowest that failed'],
    [passing[0], 'slowest rate'],
    [passing.at(-1), 'highest that passed'],
  ] as const);
  const distributions = discovery.flatMap((step) => {
    const { record, measurement } = step;
    const answers = answersByStep.get(record.name);
    const latenciesMs = answers === undefined ? null : sortedLatencies(answers, record.warmUpMs);
    if (latenciesMs === null || latenciesMs.length === 0) return [];
    const { offeredPerSecond } = measurement;
    return [{ step: record.name, offeredPerSecond, stands: standing.get(step) ?? null, latenciesMs }];
  });
  return distributions.sort((a, b) => a.offeredPerSecond - b.offeredPerSecond);
}

/** What a distribution is called in legend and table. */
export function distributionName({ step, offeredPerSecond }: Distribution): string {
  return `${rateText(offeredPerSecond)}/s (${step})`;
}

/** A distribution as points [nines, ms]; one nine is p90, two p99. */
export function percentileCurve({ latenciesMs }: Distribution): [number, number][] {
  const mostNines = Math.min(MOST_NINES, Math.log10(latenciesMs.length));
  return Array.from({ length: POINTS + 1 }, (_, index) => {
    const nines = (index / POINTS) * mostNines;
    return [nines, onLogAxis(quantile(latenciesMs, 1 - 10 ** -nines))];
  });
}

/** The value that a share of them is at or below, ms. */
export function quantile(latenciesMs: Float64Array, ratio: number): number {
  return latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * ratio))] ?? 0;
}

function sortedLatencies(answers: Answers, warmUpMs: number): Float64Array {
  return answers.latencyMs
    .filter((latencyMs, index) => (answers.intendedMs[index] ?? 0) >= warmUpMs && isDrawable(latencyMs))
    .sort();
}

function plannedPerSecond({ record, measurement }: JudgedStep): number {
  const { arrivals } = record;
  return arrivals.kind === 'burst' ? measurement.offeredPerSecond : arrivals.ratePerSecond;
}
