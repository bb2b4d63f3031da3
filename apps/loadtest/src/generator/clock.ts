/**
 * Milliseconds on the machine's monotonic clock, with microseconds behind the point. One clock for every
 * thread and process of a machine: `performance.now()` counts from each thread's own start instead.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/**
 * An instant of the epoch's clock → the same on the clock of `monotonicMs`, to some microseconds. `Date.now()` counts
 * whole milliseconds, so this waits for the next one, at most 1 ms.
 */
export function monotonicOf(epochMs: number): number {
  const before = Date.now();
  let tickMs = before;
  while (tickMs === before) tickMs = Date.now();
  return monotonicMs() + epochMs - tickMs;
}
