/** Time as the gateway reads it; tests bring their own. */
export interface Clock {
  /** Milliseconds of a clock that never goes back: buckets and latencies. */
  monotonicMs(): number;
  /** Milliseconds since 1970: what is told to functions and metrics. */
  wallMs(): number;
}

/** This machine's clocks. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
};
