import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs } from './clock.ts';
import { stallOf } from './stall-of.ts';
import type { Stall } from '@spillway/capacity';

/** Ticks until told to stop, then hands over the stalls it lived through. */
const { stop, tickMs, thresholdMs } = workerData as {
  stop: Int32Array;
  tickMs: number;
  thresholdMs: number;
};
const schedule = openSchedule();
const stalls: Stall[] = [];

let last = { atMs: monotonicMs(), runDelayMs: runDelayMs() };
parentPort?.postMessage('ready');
while (Atomics.wait(stop, 0, 0, tickMs) === 'timed-out') {
  const now = { atMs: monotonicMs(), runDelayMs: runDelayMs() };
  const stall = stallOf(last, now, thresholdMs);
  if (stall) stalls.push(stall);
  last = now;
}
if (schedule !== null) closeSync(schedule.file);
parentPort?.postMessage(stalls);

function openSchedule(): { file: number; buffer: Buffer } | null {
  try {
    return { file: openSync('/proc/thread-self/schedstat', 'r'), buffer: Buffer.alloc(128) };
  } catch {
    // Not Linux, or a kernel without scheduler statistics: gaps are then taken as they are.
    return null;
  }
}

/** Time this thread was runnable and had no core, ms: second field of schedstat, ns (proc(5)). */
function runDelayMs(): number {
  if (schedule === null) return 0;
  const length = readSync(schedule.file, schedule.buffer, 0, schedule.buffer.length, 0);
  return Number(schedule.buffer.toString('latin1', 0, length).split(' ')[1] ?? 0) / 1e6;
}
