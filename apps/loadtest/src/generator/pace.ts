import type { ArrivalPattern } from '@spillway/capacity';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

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
 */
export function scheduleArrivals(arrivals: ArrivalPattern, span: PaceSpan): Float64Array {
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
  }
}

/** What is due now, and how long until the next is: `waitMs` is null after the last arrival. */
export interface PaceStep {
  readonly due: number;
  readonly waitMs: number | null;
}

/** (elapsed, sent) → how many requests are due and the wait after them; arrivals never wait for answers. */
export function nextArrivals(schedule: Float64Array, elapsedMs: number, sent: number): PaceStep {
  let next = sent;
  while (next < schedule.length && (schedule[next] as number) <= elapsedMs) next += 1;
  const instantMs = schedule[next];
  return { due: next - sent, waitMs: instantMs === undefined ? null : instantMs - elapsedMs };
}

function everyGap(gapMs: number, spanMs: number): Float64Array {
  // The last instant lies before the span's end; the epsilon keeps 0.1 × 30 from counting as 3.0000000000000004.
  const count = Math.max(0, Math.ceil(spanMs / gapMs - 1e-9));
  return Float64Array.from({ length: count }, (_, i) => i * gapMs);
}

function exponentialGaps(meanMs: number, spanMs: number, seed: number): Float64Array {
  const random = xoroshiro128plus(seed);
  const instants: number[] = [];
  for (let atMs = 0; ;) {
    // 1 − u is in (0, 1], so its logarithm is finite.
    atMs -= meanMs * Math.log(1 - uniformFloat64(random));
    if (atMs >= spanMs) return Float64Array.from(instants);
    instants.push(atMs);
  }
}
