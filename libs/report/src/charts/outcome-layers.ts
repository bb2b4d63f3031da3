import type { Measurement, OutcomeBin } from '@spillway/capacity';
import { countText } from '../figures.ts';

/** What became of requests, as charts tell it apart. Throttled and failed stay apart: one is policy, the other damage. */
export const outcomeLayers = [
  { key: 'good', name: 'good', color: 'var(--series-1)' },
  { key: 'late', name: 'late (after the SLO)', color: 'var(--series-4)' },
  { key: 'refused', name: 'refused (4xx)', color: 'var(--axis)' },
  { key: 'throttled', name: 'throttled (429)', color: 'var(--limit)' },
  { key: 'failed', name: 'failed (5xx)', color: 'var(--series-2)' },
  { key: 'unknown', name: 'unknown (no answer)', color: 'var(--text)' },
] as const;

export type OutcomeKey = (typeof outcomeLayers)[number]['key'];
export type OutcomeCounts = Readonly<Record<OutcomeKey, number>>;

/** Counts of a bin over time; a timeout and a broken connection leave the same open: stored or not. */
export function countsOfBin({ counts }: OutcomeBin): OutcomeCounts {
  const { good, late, refused, throttled, failed } = counts;
  return { good, late, refused, throttled, failed, unknown: counts.timeout + counts['connection-error'] };
}

/** Counts of a judged step. */
export function countsOfStep({ outcomes, slow }: Measurement): OutcomeCounts {
  const { refused, throttled, failed } = outcomes;
  const good = Math.max(0, outcomes.acknowledged - slow);
  return {
    good,
    late: slow,
    refused,
    throttled,
    failed,
    unknown: outcomes.timeout + outcomes.connectionError,
  };
}

/** The layers that occur at all, best first. */
export function layersIn(all: readonly OutcomeCounts[]) {
  return outcomeLayers.filter(({ key }) => key === 'good' || all.some((counts) => counts[key] > 0));
}

/** Lines of a tooltip: those that occur. */
export function countLines(counts: OutcomeCounts): string[] {
  return outcomeLayers
    .filter(({ key }) => counts[key] > 0)
    .map(({ key, name }) => `${name}: ${countText(counts[key])}`);
}
