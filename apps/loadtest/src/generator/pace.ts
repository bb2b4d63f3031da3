import type { ArrivalPattern } from '@spillway/capacity';
import { rampInstants, type Ramp } from './ramp.ts';
import { exponentials } from './seeded-random.ts';

/**
 * How the requests of a step arrive: what the capacity method knows, and what only a scenario may ask for. `recorded`:
 * instants as they were read, ms from the step's start, ascending.
 */
export type StepArrivals =
  | ArrivalPattern
  | ({ readonly kind: 'ramp' } & Ramp)
  | { readonly kind: 'recorded'; readonly instantsMs: Float64Array };

/** The span arrivals are laid over, ms: a burst starts after the warm-up, so that it starts from idle. */
export interface PaceSpan {
  readonly warmUpMs: number;
  readonly holdMs: number;
}

/**
 * Intended instants of a step's requests, ms from its start, ascending. A function of its arguments alone:
 * the same pattern (with its seed) gives the same instants on every machine.
 * - constant: every 1,000 / rate, from 0
 * - poisson: exponential gaps of mean 1,000 / rate, by inversion
 * - burst: `requests` spread evenly over `withinMs`, from the end of the warm-up
 * - ramp: along a rate that changes evenly over warm-up and hold
 * - recorded: as recorded, up to the end of the span
 */
export function scheduleArrivals(arrivals: StepArrivals, span: PaceSpan): Float64Array {
  const spanMs = span.warmUpMs + span.holdMs;
  switch (arrivals.kind) {
    case 'constant':
      return everyGap(1000 / arrivals.ratePerSecond, spanMs);
    case 'poisson':
      return exponentialGaps(1000 / arrivals.ratePerSecond, spanMs, arrivals.seed);
    case 'burst': {
      const gapMs = arrivals.withinMs / arrivals.requests;
      return Float64Array.from({ length: arrivals.requests }, (_, i) => span.warmUpMs + i * gapMs);
    }
    case 'ramp':
      return rampInstants(arrivals, spanMs);
    case 'recorded':
      return arrivals.instantsMs.filter((instantMs) => instantMs < spanMs);
  }
}

/** What is due now, and how long until the next is: `waitMs` is null after the last arrival. */
export interface PaceStep {
  readonly due: number;
  readonly waitMs: number | null;
}

/**
 * (elapsed, sent) → how many requests are due and the wait after them; arrivals never wait for answers.
 * @param atMost so many are found at once; where more are due, the wait is 0 or negative
 */
export function nextArrivals(
  schedule: Float64Array,
  elapsedMs: number,
  sent: number,
  atMost = Infinity,
): PaceStep {
  const end = Math.min(schedule.length, sent + atMost);
  let next = sent;
  while (next < end && (schedule[next] as number) <= elapsedMs) next += 1;
  const instantMs = schedule[next];
  return { due: next - sent, waitMs: instantMs === undefined ? null : instantMs - elapsedMs };
}

function everyGap(gapMs: number, spanMs: number): Float64Array {
  // The last instant lies before the span's end; the epsilon keeps 0.1 × 30 from counting as 3.0000000000000004.
  const count = Math.max(0, Math.ceil(spanMs / gapMs - 1e-9));
  return Float64Array.from({ length: count }, (_, i) => i * gapMs);
}

function exponentialGaps(meanMs: number, spanMs: number, seed: number): Float64Array {
  const next = exponentials(seed);
  const instants: number[] = [];
  for (let atMs = meanMs * next(); atMs < spanMs; atMs += meanMs * next()) instants.push(atMs);
  return Float64Array.from(instants);
}
