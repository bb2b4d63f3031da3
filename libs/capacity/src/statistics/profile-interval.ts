/** Triplings of the distance in which the interval's end is looked for: 24 orders of magnitude. */
const TRIPLINGS = 50;

/** Steps towards an end once it is bracketed; ten are usual. */
const STEPS = 60;

/** An optimum: the coefficient there, and the cost (sum of squares) that it leaves. */
export interface Optimum {
  readonly value: number;
  readonly cost: number;
}

/**
 * The interval of values whose cost, all other coefficients fitted anew, stays within a threshold: a
 * profile-likelihood interval. Bates & Watts, Nonlinear Regression Analysis (1988), section 6.1.2. Unlike ± t·se it
 * respects bounds and need not be symmetric.
 * @param costAt least cost with the coefficient held at a value; infinite where there is none
 * @param within the coefficient's bounds; the interval ends there where the cost never reaches the threshold
 * @returns null where it has no end: the data do not bound the coefficient
 */
export function profileInterval(
  optimum: Optimum,
  threshold: number,
  within: { readonly least: number; readonly most: number },
  costAt: (value: number) => number,
): { readonly lower: number; readonly upper: number } | null {
  const wanted = Math.sqrt(Math.max(0, threshold - optimum.cost));
  const excessAt = (value: number): number =>
    Math.sqrt(Math.max(0, costAt(value) - optimum.cost)) / wanted - 1;
  const isExact = !(wanted > 0);
  const lower = isExact ? optimum.value : endOf(optimum.value, within.least, excessAt);
  const upper = isExact ? optimum.value : endOf(optimum.value, within.most, excessAt);
  return lower === null || upper === null ? null : { lower, upper };
}

/** Where, towards a bound, the cost passes the threshold; the bound itself where it does not. */
function endOf(start: number, bound: number, excessAt: (value: number) => number): number | null {
  const direction = Math.sign(bound - start);
  if (direction === 0) return start;
  const reach = Math.abs(bound - start);
  let inside = { value: start, excess: excessAt(start) };
  let step = Math.min(reach, Math.max(Math.abs(start), 1e-9) / 10);
  for (let tripling = 0; tripling < TRIPLINGS; tripling += 1) {
    const value = step >= reach ? bound : start + direction * step;
    if (!Number.isFinite(value)) return null;
    const excess = excessAt(value);
    if (excess > 0) return crossing(inside, { value, excess }, excessAt);
    if (step >= reach) return bound;
    inside = { value, excess };
    step *= 3;
  }
  return null;
}

interface Probe {
  readonly value: number;
  readonly excess: number;
}

/** Regula falsi, Illinois variant: Dowell & Jarratt, BIT 11 (1971) 168. The root of the cost is nearly straight. */
function crossing(inside: Probe, outside: Probe, excessAt: (value: number) => number): number {
  let low = inside;
  let high = outside;
  for (
    let step = 0;
    step < STEPS && Math.abs(high.value - low.value) > 1e-7 * Math.abs(high.value);
    step += 1
  ) {
    const isSteep = !Number.isFinite(high.excess) || step % 8 === 7;
    const share = isSteep ? 0.5 : -low.excess / (high.excess - low.excess);
    const value = low.value + share * (high.value - low.value);
    const excess = excessAt(value);
    if (excess <= 0) {
      low = { value, excess };
      high = { ...high, excess: high.excess / 2 };
    } else {
      high = { value, excess };
      low = { ...low, excess: low.excess / 2 };
    }
    if (Math.abs(excess) < 1e-9) return value;
  }
  return low.value;
}
