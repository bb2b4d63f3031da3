/** Requests/s over time: `perSecond[i]` holds from i × `binMs` on, for `binMs`; after the last bin nobody comes. */
export interface RateShape {
  readonly binMs: number;
  readonly perSecond: Float64Array;
}

/**
 * When new requests come: along a rate, at random or evenly spaced; or at recorded instants, ms from the start,
 * ascending. Retries are not among them: clients add these.
 */
export type Arrivals =
  | { readonly kind: 'shaped'; readonly shape: RateShape; readonly spacing: 'poisson' | 'even' }
  | { readonly kind: 'recorded'; readonly instantsMs: Float64Array };

/** Requests that arrivals bring, in the mean where they are random. */
export function expectedRequests(arrivals: Arrivals): number {
  if (arrivals.kind === 'recorded') return arrivals.instantsMs.length;
  const { binMs, perSecond } = arrivals.shape;
  return perSecond.reduce((sum, rate) => sum + rate, 0) * (binMs / 1000);
}

/** How long arrivals last, ms. */
export function arrivalSpanMs(arrivals: Arrivals): number {
  if (arrivals.kind === 'recorded') return arrivals.instantsMs.at(-1) ?? 0;
  return arrivals.shape.binMs * arrivals.shape.perSecond.length;
}
