import { exponential } from '../random-streams.ts';
import type { Arrivals, RateShape } from './arrivals.ts';

/** Gives one instant after the other, ms, ascending; Infinity after the last. */
export interface ArrivalStream {
  next(): number;
}

/** Keeps 0.1 × 30 from counting as 3.0000000000000004, and so from bringing a request after the end. */
const EPSILON_REQUESTS = 1e-9;

/** The instants of arrivals. @param uniform stream of their randomness; unused where there is none */
export function arrivalStream(arrivals: Arrivals, uniform: () => number): ArrivalStream {
  if (arrivals.kind === 'shaped') return new ShapedArrivals(arrivals.shape, arrivals.spacing, uniform);
  const { instantsMs } = arrivals;
  let index = 0;
  return { next: () => instantsMs[index++] ?? Infinity };
}

/**
 * Instants at which the cumulated rate reaches 0, 1, 2, … (evenly spaced) or the sums of exponential gaps of mean 1 (a
 * Poisson process of that rate: Çinlar, Introduction to Stochastic Processes, 1975, theorem 4.7.2). Exact for a rate
 * that is constant within each bin, and without a draw in vain.
 */
class ShapedArrivals implements ArrivalStream {
  readonly #shape: RateShape;
  readonly #isPoisson: boolean;
  readonly #uniform: () => number;
  #bin = 0;
  /** Requests that the rate brought up to the bin. */
  #before = 0;
  #due = 0;

  constructor(shape: RateShape, spacing: 'poisson' | 'even', uniform: () => number) {
    this.#shape = shape;
    this.#isPoisson = spacing === 'poisson';
    this.#uniform = uniform;
    if (this.#isPoisson) this.#due = exponential(uniform);
  }

  next(): number {
    const { perSecond, binMs } = this.#shape;
    while (this.#bin < perSecond.length) {
      const perMs = (perSecond[this.#bin] as number) / 1000;
      const inBin = perMs * binMs;
      if (this.#due < this.#before + inBin - EPSILON_REQUESTS) {
        const withinMs = Math.max(0, (this.#due - this.#before) / perMs);
        this.#due += this.#isPoisson ? exponential(this.#uniform) : 1;
        return this.#bin * binMs + withinMs;
      }
      this.#before += inBin;
      this.#bin += 1;
    }
    return Infinity;
  }
}
