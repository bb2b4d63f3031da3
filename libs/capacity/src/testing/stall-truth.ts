import { percentile } from '../statistics/percentile.ts';

/** A span of time, ms. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

/** What a client would call slow here, ms: half a stall. */
export const SLOW_MS = 500;

/** Latencies in two figures. */
export interface SlowFigures {
  readonly p99Ms: number;
  /** Share of the requests slower than `SLOW_MS`, 0–1. */
  readonly slowRatio: number;
}

/**
 * How long clients that arrive at these instants wait for a server that answers at once, except while it stands still:
 * who comes at t within a stall [s, e) waits e − t, everybody else not at all. ms
 * @param intendedMs on the clock of the stalls
 */
export function waitsUnderStalls(intendedMs: Float64Array, stalls: readonly Span[]): Float64Array {
  return intendedMs.map((atMs) => {
    const stall = stalls.find(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);
    return stall ? stall.endMs - atMs : 0;
  });
}

/** The two figures of latencies that are known one by one. */
export function figuresOf(latenciesMs: Float64Array): SlowFigures {
  return {
    p99Ms: percentile(latenciesMs.toSorted(), 0.99),
    slowRatio: latenciesMs.filter((latencyMs) => latencyMs > SLOW_MS).length / latenciesMs.length,
  };
}

/** The instants of a constant rate from 0 on, ms. */
export function constantInstantsMs(ratePerSecond: number, spanMs: number): Float64Array {
  return Float64Array.from(
    { length: Math.round((ratePerSecond * spanMs) / 1000) },
    (_, k) => (k * 1000) / ratePerSecond,
  );
}
