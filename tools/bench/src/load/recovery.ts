import { percentile } from '@spillway/capacity';

/** One answer of the probe. `dueMs` counts from the flood; before it, it is negative. */
export interface ProbeAnswer {
  readonly dueMs: number;
  /** Infinity where there was no answer 200. */
  readonly latencyMs: number;
}

/** Span whose p99 is looked at, ms: 100 probes at 50/s, so that one stray answer is not its p99. */
export const WINDOW_MS = 2_000;
const SLIDE_MS = 100;

/** A p99 of a hundred probes repeats to within this factor on a quiet machine; below the floor it is timer noise. */
const TOLERANCE = 2;
const FLOOR_MS = 10;

/** p99 of the probe before the flood, ms. */
export function calmP99Ms(answers: readonly ProbeAnswer[]): number {
  return p99Of(answers.filter(({ dueMs }) => dueMs < 0));
}

/**
 * From the flood until the probe answers as before, ms: the start of the first window whose p99 is within twice the
 * normal one (or 10 ms, where that is more). Null where no whole window was watched that says so.
 */
export function backAfterMs(answers: readonly ProbeAnswer[], watchedMs: number): number | null {
  const limitMs = Math.max(calmP99Ms(answers) * TOLERANCE, FLOOR_MS);
  for (let fromMs = 0; fromMs + WINDOW_MS <= watchedMs; fromMs += SLIDE_MS) {
    const inWindow = answers.filter(({ dueMs }) => dueMs >= fromMs && dueMs < fromMs + WINDOW_MS);
    if (inWindow.length > 0 && p99Of(inWindow) <= limitMs) return fromMs;
  }
  return null;
}

function p99Of(answers: readonly ProbeAnswer[]): number {
  return percentile(Float64Array.from(answers, ({ latencyMs }) => latencyMs).toSorted(), 0.99);
}
