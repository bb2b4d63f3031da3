import type { Arrivals, RateShape } from './arrivals.ts';

export const patternNames = ['constant', 'poisson', 'daily', 'flash-crowd', 'retry-storm'] as const;
export type PatternName = (typeof patternNames)[number];

/** A pattern's dimensions. */
export interface PatternTerms {
  /** Constant and Poisson: the rate. Daily: its mean. Flash crowd and retry storm: the rate on an ordinary day. */
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** Highest rate as a multiple of that one, ≥ 1; daily at most 2. Constant and Poisson have none. */
  readonly peakFactor: number;
}

/** What is meant where nobody says: a day's curve that nearly rests at night, a crowd of ten times the usual, … */
export const DEFAULT_PEAK_FACTOR: Readonly<Record<PatternName, number>> = {
  constant: 1,
  poisson: 1,
  daily: 1.8,
  'flash-crowd': 10,
  'retry-storm': 3,
};

/** Steps a curve is laid in: a change of rate within 1/2,000 of the duration is not seen. */
const BINS = 2000;

/** When the unusual begins, and how long it takes to rise, to last and to fade, as shares of the duration. */
const UNUSUAL_FROM = 0.25;
const CROWD_RISE = 0.05;
const CROWD_FADE = 0.125;
const TRIGGER_LENGTH = 0.1;

/**
 * The arrivals of a pattern:
 * - constant: evenly spaced
 * - poisson: at random
 * - daily: at random along one wave, lowest at both ends; the day is as long as the duration
 * - flash-crowd: at random; from a quarter of the duration on the rate rises to the peak within a twentieth of it, then
 *   fades, to 1/e each eighth
 * - retry-storm: at random, with the peak for a tenth of the duration, from a quarter of it on; what makes it a storm are
 *   the clients that retry
 */
export function patternArrivals(name: PatternName, terms: PatternTerms): Arrivals {
  const { ratePerSecond, durationMs } = terms;
  if (name === 'constant' || name === 'poisson') {
    const shape = { binMs: durationMs, perSecond: Float64Array.of(ratePerSecond) };
    return { kind: 'shaped', shape, spacing: name === 'constant' ? 'even' : 'poisson' };
  }
  const factorAt = { daily, 'flash-crowd': flashCrowd, 'retry-storm': retryStorm }[name];
  return {
    kind: 'shaped',
    spacing: 'poisson',
    shape: shapeOf(durationMs, (share) => ratePerSecond * factorAt(share, terms.peakFactor)),
  };
}

function shapeOf(durationMs: number, rateAt: (share: number) => number): RateShape {
  const perSecond = Float64Array.from({ length: BINS }, (_, bin) => rateAt((bin + 0.5) / BINS));
  return { binMs: durationMs / BINS, perSecond };
}

function daily(share: number, peak: number): number {
  return 1 - (peak - 1) * Math.cos(2 * Math.PI * share);
}

function flashCrowd(share: number, peak: number): number {
  const since = share - UNUSUAL_FROM;
  if (since < 0) return 1;
  const height = since < CROWD_RISE ? since / CROWD_RISE : Math.exp(-(since - CROWD_RISE) / CROWD_FADE);
  return 1 + (peak - 1) * height;
}

function retryStorm(share: number, peak: number): number {
  return share >= UNUSUAL_FROM && share < UNUSUAL_FROM + TRIGGER_LENGTH ? peak : 1;
}
