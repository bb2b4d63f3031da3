import type { Stall } from '../step-record.ts';

/**
 * What became of a request. Throttled (429) and failed (5xx) are never summed: one is policy, the other damage.
 * `timeout` and `connection-error` are unknown to the client: the entry may be stored or not.
 */
export const outcomes = [
  'acknowledged',
  'refused',
  'throttled',
  'failed',
  'timeout',
  'connection-error',
] as const;
export type Outcome = (typeof outcomes)[number];

/**
 * The answers of one step, a column a fact; row i is the i-th request in order of intended instant.
 * Times are ms; `intendedMs` counts from the step's start, `latencyMs` from the intended instant to the last byte.
 */
export interface Answers {
  readonly count: number;
  /** Sequence of each row, ascending; left out where row i is request i, which only an interrupted step may lack. */
  readonly sequence?: Uint32Array;
  readonly intendedMs: Float64Array;
  /** How much later than intended the request was sent. */
  readonly latenessMs: Float64Array;
  readonly latencyMs: Float64Array;
  /** Index into `outcomes`. */
  readonly outcome: Uint8Array;
  /** HTTP status; 0 where there was none. */
  readonly status: Uint16Array;
}

/**
 * Header of an answers file: CSV, one row a request, in the order of `sequence`; `connectMs` and `firstByteMs` are
 * empty where there was no connection and no first byte. What verdicts rest on is read into `Answers`.
 */
export const ANSWERS_HEADER =
  'sequence,intendedMs,latenessMs,connectMs,firstByteMs,latencyMs,outcome,status,errorType';

/** A stall shorter than this share of the SLO's T moves no verdict by itself, and stays in the figures. */
const NEGLIGIBLE_STALL_RATIO = 0.1;

/** A backlog left by a stall is worked off within the stall's own length, and at least this, ms. */
const DRAIN_AT_LEAST_MS = 100;

/**
 * Spans to set aside: each stall that could matter, extended by a drain allowance of its own length
 * (at least 100 ms); merged, in order, ms from the step's start.
 * @param latencyMs the SLO's T: stalls below a tenth of it are left in
 */
export function stallWindows(stalls: readonly Stall[], latencyMs: number): readonly Stall[] {
  const windows: Stall[] = [];
  for (const { startMs, endMs } of [...stalls].sort((a, b) => a.startMs - b.startMs)) {
    const lengthMs = endMs - startMs;
    if (!(lengthMs >= NEGLIGIBLE_STALL_RATIO * latencyMs)) continue;
    const drainedMs = endMs + Math.max(DRAIN_AT_LEAST_MS, lengthMs);
    const last = windows.at(-1);
    if (last && startMs <= last.endMs) {
      windows[windows.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, drainedMs) };
    } else {
      windows.push({ startMs, endMs: drainedMs });
    }
  }
  return windows;
}

/** How much of [fromMs, toMs] lies in the windows (as `stallWindows` gives them), ms. */
export function overlapMs(windows: readonly Stall[], fromMs: number, toMs: number): number {
  let total = 0;
  for (let index = firstEndingAfter(windows, fromMs); index < windows.length; index += 1) {
    const { startMs, endMs } = windows[index] as Stall;
    if (startMs >= toMs) break;
    total += Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs));
  }
  return total;
}

/**
 * Whether [fromMs, toMs] touches a window (as `stallWindows` gives them); a span without length touches the window it
 * lies in.
 */
export function touchesWindow(windows: readonly Stall[], fromMs: number, toMs: number): boolean {
  const window = windows[firstEndingAfter(windows, fromMs)];
  return window !== undefined && window.startMs <= toMs;
}

/** Index of the first window that is not over at an instant: in order and apart, their ends ascend as well. */
function firstEndingAfter(windows: readonly Stall[], atMs: number): number {
  let [low, high] = [0, windows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((windows[middle] as Stall).endMs > atMs) high = middle;
    else low = middle + 1;
  }
  return low;
}
