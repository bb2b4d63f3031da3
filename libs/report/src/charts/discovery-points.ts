import type { RunRecord } from '@spillway/capacity';
import { millisecondsText, rateText } from '../figures.ts';
import { isDrawable } from './chart-parts.ts';

/** One discovery step as a chart sees it. */
export interface DiscoveryPoint {
  readonly step: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  /** Rate that was asked for, the same for all repeats; what arrived in the hold is `offeredPerSecond`. */
  readonly plannedPerSecond: number;
  readonly offeredPerSecond: number;
  readonly goodputPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The discovery steps with answers, by rate. */
export function discoveryPoints({ steps }: RunRecord): DiscoveryPoint[] {
  return steps
    .filter(({ record }) => record.purpose === 'discovery')
    .flatMap(({ record, measurement, judgement }) => {
      const { arrivals } = record;
      const { offeredPerSecond, goodputPerSecond, latencyMs } = measurement;
      if (latencyMs === null) return [];
      const point = {
        step: record.name,
        verdict: judgement.verdict,
        plannedPerSecond: arrivals.kind === 'burst' ? offeredPerSecond : arrivals.ratePerSecond,
        offeredPerSecond,
        goodputPerSecond,
        p50Ms: latencyMs.p50,
        p99Ms: latencyMs.p99,
      };
      const figures = [offeredPerSecond, goodputPerSecond, point.p50Ms, point.p99Ms];
      return offeredPerSecond > 0 && figures.every(isDrawable) ? [point] : [];
    })
    .sort((a, b) => a.offeredPerSecond - b.offeredPerSecond);
}

/** What a verdict looks like: told apart by shape, so that colour may be lost. */
export const verdictMarks = {
  pass: { name: 'pass', symbol: 'circle', color: 'var(--pass)', size: 10 },
  fail: { name: 'fail', symbol: 'diamond', color: 'var(--fail)', size: 13 },
  inconclusive: { name: 'inconclusive', symbol: 'triangle', color: 'var(--open)', size: 11 },
} as const;

/** A line through one value at each rate: repeats of a rate are marked, and the line takes their middle one. */
export function middleOfRepeats(
  points: readonly DiscoveryPoint[],
  value: (point: DiscoveryPoint) => number,
): [number, number][] {
  const byRate = Map.groupBy(points, ({ plannedPerSecond }) => plannedPerSecond);
  return [...byRate.values()]
    .map((repeats): [number, number] => [
      middleOf(repeats.map(({ offeredPerSecond }) => offeredPerSecond)),
      middleOf(repeats.map(value)),
    ])
    .sort(([a], [b]) => a - b);
}

function middleOf(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

/** What a point says when it is pointed at. */
export function pointLines(point: DiscoveryPoint): string[] {
  return [
    `${point.step}, ${point.verdict}`,
    `offered: ${rateText(point.offeredPerSecond)}/s`,
    `goodput: ${rateText(point.goodputPerSecond)}/s`,
    `p50: ${millisecondsText(point.p50Ms)} ms`,
    `p99: ${millisecondsText(point.p99Ms)} ms`,
  ];
}
