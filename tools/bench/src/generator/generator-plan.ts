import type { RateSearch } from './rate-search.ts';
import type { StallPlan } from './server/server-protocol.ts';

/** What can be measured, in this order. */
export const PARTS = ['rates', 'cpu', 'pacing', 'stall'] as const;
export type Part = (typeof PARTS)[number];

/** How long and how often is measured. Spans are whole seconds: not every tool can be told less. */
export interface GeneratorPlan {
  readonly rounds: number;
  /** Before a load counts, ms: code is compiled and connections are opened. */
  readonly warmUpMs: number;
  /** That counts, ms. */
  readonly holdMs: number;
  /** Warm-up, what counts, and a while after it: some tools end a little early, ms. */
  readonly spanMs: number;
  readonly search: Omit<RateSearch, 'startPerSecond'>;
  /** The two runs whose difference is free of the start, ms. */
  readonly shortMs: number;
  readonly longMs: number;
  readonly poissonSeeds: readonly number[];
  readonly stalls: StallPlan;
  readonly stallSpanMs: number;
}

/** The rate at which CPU and pacing are measured, requests/s. */
export const STEADY_PER_SECOND = 500;
/** The rate under stalls, requests/s. */
export const STALL_PER_SECOND = 200;
/** Shares of its own maximum that a tool has to hold. */
export const SHARES_OF_MAXIMUM = [0.2, 0.4, 0.6, 0.8] as const;
/** A rate is held from this share of its requests on, sent in time and answered. */
export const HELD_FROM_RATIO = 0.995;

const AFTER_MS = 1_000;
const STALL_FOR_MS = 1_000;
/** A stall, and what it leaves, has to be over before the next one. */
const LEAST_STALL_EVERY_MS = 3_000;

/** What a look leaves out: it sees whether everything runs, and roughly where figures lie. */
const WHOLE = {
  warmUpMs: 2_000,
  search: { growth: 1.5, precision: 1.05, attempts: 2 },
  shortBy: 2,
  longBy: 6,
  poissonSeeds: [1, 2, 3],
  stallCount: 4,
} as const;
const LOOK = {
  warmUpMs: 1_000,
  search: { growth: 2, precision: 2, attempts: 1 },
  shortBy: 1,
  longBy: 3,
  poissonSeeds: [1],
  stallCount: 2,
} as const;

/** Everything follows from how many rounds, and how long each load. */
export function generatorPlan(rounds: number, seconds: number, isLook: boolean): GeneratorPlan {
  const { warmUpMs, search, shortBy, longBy, poissonSeeds, stallCount } = isLook ? LOOK : WHOLE;
  const holdMs = seconds * 1_000;
  const everyMs = Math.max(LEAST_STALL_EVERY_MS, holdMs);
  return {
    rounds,
    warmUpMs,
    holdMs,
    spanMs: warmUpMs + holdMs + AFTER_MS,
    search,
    shortMs: shortBy * holdMs,
    longMs: longBy * holdMs,
    poissonSeeds,
    stalls: { everyMs, forMs: STALL_FOR_MS },
    stallSpanMs: stallCount * everyMs,
  };
}
