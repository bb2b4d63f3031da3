import {
  judgedAnswers,
  percentilesInPlace,
  type Answers,
  type JudgedStep,
  type Judgement,
  type RunRecord,
} from '@spillway/capacity';
import { rateText } from '../figures.ts';
import { onLogAxis } from './chart-parts.ts';

/** Points a curve: even in nines, so that the tail is as smooth as the middle. */
const POINTS = 60;
/** p99.9: beyond it a step of some seconds has a handful of answers. */
const MOST_NINES = 3;

/** Percentiles that the table and the tooltips name; the last is the greatest value. */
export const NAMED_RATIOS = [0.5, 0.9, 0.99, 0.999, 1] as const;

/** Share by which a planned rate may differ from the bracket's end that it is. */
const ROUNDING = 0.002;

/** Latencies of one discovery step: of the answers that it is judged by. */
export interface Distribution {
  readonly step: string;
  readonly offeredPerSecond: number;
  /** Why it is drawn in colour, or null where it is one of the others. */
  readonly stands: 'slowest rate' | 'highest that passed' | 'lowest that failed' | null;
  /** How many; at least one. */
  readonly judged: number;
  /** Percentiles of NAMED_RATIOS, in their order, ms: those of the step's measurement. */
  readonly namedMs: readonly number[];
  /** Points [nines, ms on a logarithmic axis]; one nine is p90, two p99. */
  readonly curve: readonly (readonly [nines: number, ms: number])[];
}

/** Distributions of all discovery steps whose answers are there, by rate. */
export function distributionsOf(
  { steps, estimate, targets }: RunRecord,
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
    if (answers === undefined) return [];
    const { latenciesMs } = judgedAnswers(record, answers, targets);
    if (latenciesMs.length === 0) return [];
    const { offeredPerSecond } = measurement;
    const stands = standing.get(step) ?? null;
    return [{ step: record.name, offeredPerSecond, stands, ...percentilesOf(latenciesMs) }];
  });
  return distributions.sort((a, b) => a.offeredPerSecond - b.offeredPerSecond);
}

/** What a distribution is called in legend and table. */
export function distributionName({ step, offeredPerSecond }: Distribution): string {
  return `${rateText(offeredPerSecond)}/s (${step})`;
}

/** What is drawn and named of latencies, which are rearranged: selected, not sorted, as there may be millions. */
export function percentilesOf(latenciesMs: Float64Array): Pick<Distribution, 'judged' | 'namedMs' | 'curve'> {
  const judged = latenciesMs.length;
  const namedMs = percentilesInPlace(latenciesMs, NAMED_RATIOS);
  const mostNines = Math.min(MOST_NINES, Math.log10(judged));
  const nines = Array.from({ length: POINTS + 1 }, (_, index) => (index / POINTS) * mostNines);
  const curveMs = percentilesInPlace(
    latenciesMs,
    nines.map((count) => 1 - 10 ** -count),
  );
  return { judged, namedMs, curve: nines.map((count, index) => [count, onLogAxis(curveMs[index] ?? 0)]) };
}

function plannedPerSecond({ record, measurement }: JudgedStep): number {
  const { arrivals } = record;
  return arrivals.kind === 'burst' ? measurement.offeredPerSecond : arrivals.ratePerSecond;
}
