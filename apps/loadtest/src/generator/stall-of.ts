import type { Stall } from '@spillway/capacity';

/** A tick of the watch: when, and for how long in all its thread has waited for a core. */
export interface Tick {
  readonly atMs: number;
  readonly runDelayMs: number;
}

/**
 * The stall between two ticks, or null. A gap in which the thread only waited for a core is a busy machine, which
 * is a result, not a stall; what remains of a gap after that wait is the host standing still.
 */
export function stallOf(last: Tick, now: Tick, thresholdMs: number): Stall | null {
  const gapMs = now.atMs - last.atMs;
  const waitedForCoreMs = now.runDelayMs - last.runDelayMs;
  return gapMs - waitedForCoreMs >= thresholdMs ? { startMs: last.atMs, endMs: now.atMs } : null;
}
