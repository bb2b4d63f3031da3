import { meanUpperBound, pooledDurations, type Estimate } from '@spillway/capacity';
import type { Measurements } from '@spillway/throttle';
import { stepsOf } from './discover.ts';
import { parseEntryText, storedItemBytes } from '@spillway/shared';
import { entryFactory } from './generator/entry.ts';
import type { RunContext } from './run-context.ts';

/**
 * What the limits are computed from, gathered from the run's steps; null where the evidence does not reach.
 * The function's billed time is read at the rates that passed: beyond them the host or the table, not the
 * function, decides how long an invocation takes.
 */
export function gatherMeasurements(
  context: RunContext,
  found: {
    readonly estimate: Estimate;
    readonly burst: Measurements['burst'];
    readonly memorySize: number;
    readonly quotas: Measurements['quotas'];
  },
): Measurements | null {
  const { estimate, burst, memorySize, quotas } = found;
  if (!estimate.conclusive || estimate.lowerPerSecond === null) return null;
  const passed = stepsOf(context, 'discovery')
    .filter(({ judgement }) => judgement.verdict === 'pass')
    .map(({ record }) => record);
  const mean = meanUpperBound(pooledDurations(passed));
  const tailUpperMs = Math.max(0, ...passed.map(({ stage }) => stage?.durationMaxMs ?? 0));
  if (mean === null || tailUpperMs === 0) return null;
  return {
    sustainedRate: { lowerPerSecond: estimate.lowerPerSecond, upperPerSecond: estimate.upperPerSecond },
    serviceTime: { meanUpperMs: mean.upper, tailUpperMs },
    burst,
    itemBytes: storedBytesOf(context.settings.payloadBytes),
    memorySize,
    quotas,
    targets: context.settings.targets,
  };
}

/** Bytes of the item that a request of this size becomes: names and overhead count, JSON's punctuation does not (F42). */
export function storedBytesOf(payloadBytes: number): number {
  const body = entryFactory({ runId: 'sizing', stepName: 'sizing', payloadBytes, count: 1 })(0);
  const parsed = parseEntryText(body);
  return parsed.ok ? storedItemBytes(parsed.entry) : payloadBytes;
}
