/** How long and how often is measured. */
export interface BenchPlan {
  readonly rounds: number;
  /** Of each measured load, ms. */
  readonly loadMs: number;
  /** 32 connections before anything is measured, ms: every environment warms its own compiler. */
  readonly warmUpMs: number;
  readonly openRatesPerSecond: readonly number[];
  /** Calm probe before the flood, and how long it goes on after it, ms. */
  readonly calmMs: number;
  readonly watchMs: number;
}

/** In flight: many clients at once, and so few that no request has to wait for another. */
export const MANY_CONNECTIONS = 32;
export const FEW_CONNECTIONS = 4;
export const FLOOD_ARRIVALS = 1_000;
export const PROBE_PER_SECOND = 50;

const WARM_UP_SHARE = 1.5;
const LEAST_WARM_UP_MS = 1_000;
const CALM_SHARE = 0.5;
const LEAST_CALM_MS = 1_000;
/** The flood has to be over within five seconds, and a window of two has to follow. A short look sees less. */
const WHOLE_WATCH_MS = 8_000;
const WATCH_SHARE = 3;

/** Everything follows from how many rounds, and how long each load. */
export function benchPlan(rounds: number, seconds: number): BenchPlan {
  const loadMs = seconds * 1_000;
  return {
    rounds,
    loadMs,
    warmUpMs: Math.max(LEAST_WARM_UP_MS, loadMs * WARM_UP_SHARE),
    openRatesPerSecond: [300, 600, 900],
    calmMs: Math.max(LEAST_CALM_MS, loadMs * CALM_SHARE),
    watchMs: Math.min(WHOLE_WATCH_MS, loadMs * WATCH_SHARE),
  };
}
