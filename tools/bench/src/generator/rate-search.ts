/** A rate that was tried. */
export interface Trial {
  readonly ratePerSecond: number;
  readonly isHeld: boolean;
}

export interface RateSearch {
  readonly startPerSecond: number;
  /** Factor from a rate that was held to the next. */
  readonly growth: number;
  /** Ends once the least rate missed is at most this many times the highest one held. */
  readonly precision: number;
  /** How often a rate must be missed to count as too high: a machine's own stall can make one miss. */
  readonly attempts: number;
}

/** Between what the highest rate lies, requests/s; null where that side was not found. */
export interface RateBracket {
  readonly heldPerSecond: number | null;
  readonly missedPerSecond: number | null;
}

/** A tool that can't hold this holds nothing. */
const LEAST_PER_SECOND = 10;
/** More than a server on one core answers. */
const MOST_PER_SECOND = 500_000;

/** What is known after these trials: the highest rate held below all that were missed often enough. */
export function bracketOf(trials: readonly Trial[], { attempts }: RateSearch): RateBracket {
  const isHeld = (rate: number) => trials.some((trial) => trial.ratePerSecond === rate && trial.isHeld);
  const missed = [...new Set(trials.map(({ ratePerSecond }) => ratePerSecond))].filter(
    (rate) => !isHeld(rate) && trials.filter((trial) => trial.ratePerSecond === rate).length >= attempts,
  );
  const missedPerSecond = missed.length === 0 ? null : Math.min(...missed);
  const held = trials
    .map(({ ratePerSecond }) => ratePerSecond)
    .filter((rate) => isHeld(rate) && rate < (missedPerSecond ?? Infinity));
  return { heldPerSecond: held.length === 0 ? null : Math.max(...held), missedPerSecond };
}

/** The rate to try next: up until one is missed, then the geometric middle of the bracket. Null at the end. */
export function nextRate(trials: readonly Trial[], search: RateSearch): number | null {
  const { startPerSecond, growth, precision } = search;
  const last = trials.at(-1);
  const { heldPerSecond, missedPerSecond } = bracketOf(trials, search);
  if (last === undefined) return startPerSecond;
  if (!last.isHeld && last.ratePerSecond < (missedPerSecond ?? Infinity)) return last.ratePerSecond;
  if (missedPerSecond === null) return within(Math.ceil(last.ratePerSecond * growth));
  if (heldPerSecond === null) return within(Math.floor(missedPerSecond / growth));
  const middle = Math.round(Math.sqrt(heldPerSecond * missedPerSecond));
  const isFine = missedPerSecond / heldPerSecond <= precision;
  return isFine || middle <= heldPerSecond || middle >= missedPerSecond ? null : middle;
}

function within(rate: number): number | null {
  return rate >= LEAST_PER_SECOND && rate <= MOST_PER_SECOND ? rate : null;
}
