import type { StepRecord } from '../step-record.ts';

type Recorded = Pick<StepRecord, 'stage' | 'startedAt' | 'warmUpMs' | 'holdMs'>;

/** Between two steps the next one's generator starts, which takes longer than this. */
const APART_MS = 1000;

/**
 * How long of what a step's stage metrics cover the step was sending, ms: what their sums are to be divided by. Null
 * where there are none, or where they cover its neighbours as well, so that they are not the step's own: whole metric
 * periods hold more than the step. Records of before the window was written down count as their own.
 */
export function ownMetricsMs({ stage, startedAt, warmUpMs, holdMs }: Recorded): number | null {
  if (stage === null) return null;
  if (stage.window === undefined) return holdMs;
  const fromMs = Date.parse(startedAt);
  const toMs = fromMs + warmUpMs + holdMs;
  const startMs = Date.parse(stage.window.startedAt);
  const endMs = Date.parse(stage.window.endedAt);
  if (startMs < fromMs - APART_MS || endMs > toMs + APART_MS) return null;
  return Math.max(0, Math.min(endMs, toMs) - Math.max(startMs, fromMs));
}

/** Why a figure of a step's stage metrics is left out; null where they are its own, or where it has none. */
export function sharedMetricsReason(record: Recorded): string | null {
  if (record.stage === null || ownMetricsMs(record) !== null) return null;
  return `the stage's metrics have periods of ${record.stage.window?.periodSeconds} s, which hold other steps as well`;
}

/**
 * Durations [mean ms, invocations] of several steps together. Steps that share a metric period were both told all of
 * it: it counts once, as it was read with the most invocations in it, which is last.
 */
export function pooledDurations(records: readonly Recorded[]): readonly (readonly [number, number])[] {
  const pooled = new Map<number | symbol, readonly [number, number]>();
  for (const [meanMs, count, atMs] of records.flatMap(({ stage }) => stage?.durationBatches ?? [])) {
    const key = atMs ?? Symbol('of a record that does not say when');
    if (count >= (pooled.get(key)?.[1] ?? 0)) pooled.set(key, [meanMs, count]);
  }
  return [...pooled.values()];
}
