import { exponentials } from './seeded-random.ts';

/** A rate that rises or falls evenly over the whole span of a step, requests/s; at least one of them is > 0. */
export interface Ramp {
  readonly fromPerSecond: number;
  readonly toPerSecond: number;
  /** With it arrivals are Poisson around the rate; without it they are evenly spaced along it. */
  readonly seed?: number | undefined;
}

/**
 * Intended instants of a ramp, ms, ascending, up to `spanMs`.
 * With Λ(t) the requests due by t, the k-th comes at Λ⁻¹(k); with a seed at Λ⁻¹ of the k-th point of a Poisson
 * process of rate 1 (time rescaling), so that the process has rate Λ′ at every instant.
 */
export function rampInstants(ramp: Ramp, spanMs: number): Float64Array {
  const total = rampTotal(ramp, spanMs);
  const instantOf = inverseOf(ramp, spanMs);
  if (ramp.seed === undefined) {
    // As for a constant rate: the last instant lies before the span's end, rounding errors apart.
    return Float64Array.from({ length: Math.ceil(total - 1e-9) }, (_, k) => instantOf(k));
  }
  const next = exponentials(ramp.seed);
  const instants: number[] = [];
  for (let due = next(); due < total; due += next()) instants.push(instantOf(due));
  return Float64Array.from(instants);
}

/** Requests a ramp asks for in a span: Λ(spanMs), with a seed their mean. */
export function rampTotal({ fromPerSecond, toPerSecond }: Ramp, spanMs: number): number {
  return (((fromPerSecond + toPerSecond) / 2) * spanMs) / 1000;
}

/** Λ(t) = a·t + s·t²/2 = k solved for t, in the form that loses no digits for either sign of s. */
function inverseOf({ fromPerSecond, toPerSecond }: Ramp, spanMs: number): (due: number) => number {
  const perMs = fromPerSecond / 1000;
  const slope = (toPerSecond - fromPerSecond) / 1000 / spanMs;
  return (due) => {
    if (due === 0) return 0;
    // Below zero by rounding only: at the end of a ramp down to 0.
    const rateSquared = Math.max(0, perMs * perMs + 2 * slope * due);
    return Math.min(spanMs, (2 * due) / (perMs + Math.sqrt(rateSquared)));
  };
}
