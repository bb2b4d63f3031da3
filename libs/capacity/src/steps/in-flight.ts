import { overlapMs, type Answers } from '../answers/answers.ts';
import type { Stall } from '../step-record.ts';
import type { TimedValue } from '../statistics/theil-sen.ts';

const { ceil } = Math;

/** Points of the grid over the hold, and how many of them make a block. */
const GRID = 60;
const GRID_PER_BLOCK = 6;

/** Requests in flight over a hold: levels on a grid, and the change over each block of the grid. */
export interface InFlight {
  readonly levels: readonly TimedValue[];
  readonly increments: readonly number[];
  readonly blockMs: number;
}

/**
 * Requests in flight, rebuilt from what is known of each: it is there from its intended instant until its last
 * byte. Points and blocks that touch a window set aside are left out.
 */
export function inFlightOver(
  answers: Answers,
  fromMs: number,
  toMs: number,
  windows: readonly Stall[],
): InFlight {
  const cellMs = (toMs - fromMs) / GRID;
  const change = new Float64Array(GRID + 2);
  const firstPointAtOrAfter = (atMs: number): number => {
    const cells = (atMs - fromMs) / cellMs;
    if (cells <= 0) return 0;
    return cells > GRID ? GRID + 1 : ceil(cells);
  };
  for (let row = 0; row < answers.count; row += 1) {
    const startMs = answers.intendedMs[row] ?? 0;
    const start = firstPointAtOrAfter(startMs);
    const end = firstPointAtOrAfter(startMs + (answers.latencyMs[row] ?? 0));
    change[start] = (change[start] ?? 0) + 1;
    change[end] = (change[end] ?? 0) - 1;
  }
  const levels: TimedValue[] = [];
  const values: number[] = [];
  for (let point = 0; point <= GRID; point += 1) {
    const value = (values.at(-1) ?? 0) + (change[point] ?? 0);
    values.push(value);
    const atMs = fromMs + point * cellMs;
    if (overlapMs(windows, atMs, atMs + 1) === 0) levels.push({ atMs, value });
  }
  const increments: number[] = [];
  for (let point = GRID_PER_BLOCK; point <= GRID; point += GRID_PER_BLOCK) {
    const endMs = fromMs + point * cellMs;
    if (overlapMs(windows, endMs - GRID_PER_BLOCK * cellMs, endMs) > 0) continue;
    increments.push((values[point] ?? 0) - (values[point - GRID_PER_BLOCK] ?? 0));
  }
  return { levels, increments, blockMs: GRID_PER_BLOCK * cellMs };
}
