import { holdAgain, holdFor, isHopeless } from './hold.ts';
import { rateLevels, type RateLevel } from './rate-levels.ts';
import type { Estimate, JudgedStep } from '../run-record.ts';
import { estimateOf } from './search-estimate.ts';
import type { SearchSettings } from './search-settings.ts';

/** Factor between the steps of the staircase (method, section 2). */
const GROWTH = 1.5;

/** Rates above the last pass that the staircase tries while none of them proves anything. */
const STEPS_WITHOUT_PROOF = 4;

/** What to measure next, or what is known when nothing is left to measure. */
export type NextStep =
  | {
      readonly kind: 'measure';
      readonly ratePerSecond: number;
      readonly holdMs: number;
      readonly warmUpMs: number;
    }
  | { readonly kind: 'done'; readonly estimate: Estimate };

type Wanted = Omit<Extract<NextStep, { kind: 'measure' }>, 'kind' | 'warmUpMs'>;

/**
 * The search for λ* as a pure state machine (method, section 2): staircase × 1.5 until two steps in a row don't
 * pass, bisection on a log scale until the bracket is narrow, then the lower end once more and for longer.
 * The state is the history, so a run that was interrupted goes on where it stopped.
 * @param history discovery steps, oldest first
 */
export function nextStep(history: readonly JudgedStep[], settings: SearchSettings): NextStep {
  const passesWanted = Math.max(2, settings.repeats);
  const levels = rateLevels(history, passesWanted);
  const spentMs = history.reduce((sum, { record }) => sum + record.warmUpMs + record.holdMs, 0);
  const leftMs = settings.discoveryBudgetMs - spentMs;
  const lower = lowerEnd(levels, passesWanted);
  const confirmation = confirmationOf(lower, passesWanted, settings);
  const fits = (...steps: (Wanted | null)[]): boolean =>
    spentMs + steps.reduce((sum, step) => sum + (step ? settings.warmUpMs + step.holdMs : 0), 0) <=
    settings.discoveryBudgetMs;
  const wanted = isThrottled(history)
    ? null
    : (widen(levels, settings, leftMs) ?? narrow(levels, settings, leftMs));
  const next = wanted && fits(wanted, confirmation) ? wanted : confirmation;
  if (!next || !fits(next) || history.length >= (settings.maximumSteps ?? 60)) {
    return {
      kind: 'done',
      estimate: estimateOf(levels, lower, failingAbove(levels, lower)[0] ?? null, history, settings),
    };
  }
  return { kind: 'measure', warmUpMs: settings.warmUpMs, ...next };
}

/** Highest rate that passes with no failing rate below it, and that has passed often enough or still may. */
function lowerEnd(levels: readonly RateLevel[], passesWanted: number): RateLevel | null {
  const firstFailing = levels.findIndex(({ status }) => status === 'fails');
  const below = firstFailing === -1 ? levels : levels.slice(0, firstFailing);
  const passing = below.filter(({ status }) => status === 'passes');
  return (
    passing.findLast(({ passes, tries }) => passes >= passesWanted || tries <= passesWanted) ??
    passing.at(-1) ??
    null
  );
}

/** The lower end once more and for longer; null where that was done, or may not be done again. */
function confirmationOf(
  lower: RateLevel | null,
  passesWanted: number,
  settings: SearchSettings,
): Wanted | null {
  if (!lower || lower.tries > passesWanted) return null;
  const holdMs = holdFor(lower.ratePerSecond, 2, settings);
  if (lower.passes >= passesWanted && lower.longestPassMs >= holdMs) return null;
  return { ratePerSecond: lower.ratePerSecond, holdMs };
}

/** Rates above the lower end that fail, proven or not yet, lowest first. */
function failingAbove(levels: readonly RateLevel[], lower: RateLevel | null): readonly RateLevel[] {
  return levels.filter(
    ({ ratePerSecond, status, against }) =>
      ratePerSecond > (lower?.ratePerSecond ?? 0) &&
      (status === 'fails' || (status === 'unsettled' && against > 0)),
  );
}

/** Staircase: up until two steps in a row don't pass; down while not even the first does. */
function widen(levels: readonly RateLevel[], settings: SearchSettings, leftMs: number): Wanted | null {
  const lowest = levels[0];
  const highest = levels.at(-1);
  if (!lowest || !highest) return stair(settings.startPerSecond, settings);
  const doubted = levels.find(
    ({ status, against }, index) =>
      (status === 'unsettled' || status === 'fails') &&
      against > 0 &&
      levels.slice(index + 1).some((above) => above.status === 'passes'),
  );
  if (doubted && !(doubted.tries > Math.max(2, settings.repeats))) return again(doubted, settings, leftMs);
  const lower = lowerEnd(levels, Math.max(2, settings.repeats));
  const above = levels.filter(({ ratePerSecond }) => ratePerSecond > (lower?.ratePerSecond ?? 0));
  const isEnough =
    above.length >= STEPS_WITHOUT_PROOF || (above.length >= 2 && above.some(({ against }) => against > 0));
  if (!isEnough && highest.ratePerSecond < settings.maxPerSecond) {
    return stair(Math.min(settings.maxPerSecond, highest.ratePerSecond * GROWTH), settings);
  }
  if (lower) return null;
  if (lowest.status === 'unsettled') return again(lowest, settings, leftMs);
  return lowest.ratePerSecond > 2 ? stair(lowest.ratePerSecond / GROWTH ** 2, settings) : null;
}

/**
 * Bisection: halves the widest gap inside the bracket until none is wider than wanted, then settles what is
 * unsettled in it, the upper end included. Rates that proved nothing yet wait, because their neighbours,
 * farther from the boundary, are cheaper to judge.
 */
function narrow(levels: readonly RateLevel[], settings: SearchSettings, leftMs: number): Wanted | null {
  const lower = lowerEnd(levels, Math.max(2, settings.repeats));
  if (!lower) return null;
  const failing = failingAbove(levels, lower);
  // One that no hold can decide can't be the upper end either: the next one is, and the gap between them is open.
  const upper = failing.find((level) => !isUndecidable(level, settings, leftMs)) ?? failing[0];
  if (!upper) {
    const unsettled = levels.find(
      ({ ratePerSecond, status }) => ratePerSecond > lower.ratePerSecond && status === 'unsettled',
    );
    return unsettled ? again(unsettled, settings, leftMs) : null;
  }
  const inside = levels.filter(
    ({ ratePerSecond }) => ratePerSecond > lower.ratePerSecond && ratePerSecond < upper.ratePerSecond,
  );
  const middle = middleOfWidestGap([lower, ...inside, upper], 1 + settings.bracketRatio);
  if (middle !== null) return { ratePerSecond: middle, holdMs: holdFor(middle, 1, settings) };
  const unsettled = [upper, ...inside].find(
    (level) => level.status === 'unsettled' && !isUndecidable(level, settings, leftMs),
  );
  if (unsettled) return again(unsettled, settings, leftMs);
  if (inside.length === 0) return null;
  const finer = middleOfWidestGap([lower, ...inside, upper], Math.sqrt(1 + settings.bracketRatio));
  return finer === null ? null : { ratePerSecond: finer, holdMs: holdFor(finer, 1, settings) };
}

function isUndecidable(level: RateLevel, settings: SearchSettings, leftMs: number): boolean {
  return level.status === 'unsettled' && isHopeless(level, settings, leftMs);
}

/** Geometric middle of the widest gap between neighbouring rates; null where none is wider than `ratio`. */
function middleOfWidestGap(levels: readonly RateLevel[], ratio: number): number | null {
  const rates = levels.map(({ ratePerSecond }) => ratePerSecond);
  const gaps = rates.slice(1).map((to, index) => ({ from: rates[index] ?? to, to }));
  const widest = gaps.reduce((a, b) => (b.to / b.from > a.to / a.from ? b : a));
  if (widest.to / widest.from <= ratio) return null;
  const middle = roundRate(Math.sqrt(widest.from * widest.to));
  return rates.includes(middle) ? null : middle;
}

function again(level: RateLevel, settings: SearchSettings, leftMs: number): Wanted {
  return { ratePerSecond: level.ratePerSecond, holdMs: holdAgain(level, settings, leftMs) };
}

function stair(ratePerSecond: number, settings: SearchSettings): Wanted {
  const rounded = roundRate(ratePerSecond);
  return { ratePerSecond: rounded, holdMs: holdFor(rounded, 0.5, settings) };
}

/** Whole requests/s, finer below 10/s: two measurements of a rate must be of the same rate. */
function roundRate(ratePerSecond: number): number {
  return ratePerSecond >= 10 ? Math.round(ratePerSecond) : Number(ratePerSecond.toFixed(2));
}

/** Two throttled steps: whatever is tried next, the throttle answers. */
function isThrottled(history: readonly JudgedStep[]): boolean {
  return history.filter(({ judgement }) => judgement.inconclusive === 'throttled').length >= 2;
}
