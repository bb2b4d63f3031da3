/**
 * Milliseconds on the machine's monotonic clock, with microseconds behind the point. One clock for every
 * thread and process of a machine: `performance.now()` counts from each thread's own start instead.
 */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
