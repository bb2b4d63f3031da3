import { CONFIDENCE, samplesForNoneBad } from '../statistics/bounds.ts';
import { holdForOpenBound } from './open-bound.ts';
import type { RateLevel } from './rate-levels.ts';
import type { SearchSettings } from './search-settings.ts';

/** Holds that a step may take to close its bound; twice that where the budget has room. */
const LONGEST_HOLD = 4;

/** A bound that wants more than this many of the longest holds is left alone; figures of a short step err by as much. */
const HOPELESS = 2;

/** max(hold, n_min / rate): a step too short for its bound can't pass even with nothing bad in it. */
export function holdFor(ratePerSecond: number, times: number, settings: SearchSettings): number {
  const samples = samplesForNoneBad(settings.targets.errorRatio, CONFIDENCE);
  return Math.ceil(Math.max(times * settings.holdMs, (1.05 * 1000 * samples) / ratePerSecond));
}

/**
 * Hold of the same rate again, ms: as long as the bound that its last measurement left open needs, no shorter than a
 * bisection step, and at most a few times as long, more where the budget is.
 * @param leftMs what is left of the budget
 */
export function holdAgain(
  { ratePerSecond, last }: RateLevel,
  settings: SearchSettings,
  leftMs: number,
): number {
  const holdMs = holdFor(ratePerSecond, 1, settings);
  if (last.judgement.verdict !== 'inconclusive') return holdMs;
  const openMs = Math.min(longestHoldMs(settings, leftMs), holdForOpenBound(last, settings.targets));
  return Math.ceil(Math.max(holdMs, openMs));
}

/** So near the boundary that no hold which the search may take would close the bound: its neighbours tell more. */
export function isHopeless({ last }: RateLevel, settings: SearchSettings, leftMs: number): boolean {
  return (
    last.judgement.verdict === 'inconclusive' &&
    holdForOpenBound(last, settings.targets) > HOPELESS * longestHoldMs(settings, leftMs)
  );
}

function longestHoldMs({ holdMs }: SearchSettings, leftMs: number): number {
  return Math.max(LONGEST_HOLD * holdMs, Math.min(2 * LONGEST_HOLD * holdMs, leftMs / 4));
}
