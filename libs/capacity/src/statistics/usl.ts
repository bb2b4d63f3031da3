import { studentTQuantile } from './bounds.ts';
import { profileInterval } from './profile-interval.ts';
import { fitLeastSquares, uslThroughput, type UslFit, type UslLevel } from './usl-least-squares.ts';
import { uslWarnings } from './usl-warnings.ts';
import type { Usl } from '../usl-record.ts';

/** Fewer levels than this and three coefficients follow whatever the noise does (method, section 4). */
const LEVELS_AT_LEAST = 6;

/** Two-sided confidence of the intervals. */
const CONFIDENCE = 0.95;

/**
 * The Universal Scalability Law fitted to levels (method, section 4), with intervals from the profile of the sum of
 * squares: with the bounds σ, κ ≥ 0 in reach ± t·se would promise negative contention, and six levels are too few to
 * resample (residuals of one level decide a bootstrap).
 * @param levels one a rate
 * @param sustainedPerSecond λ*, lower end, which the peak is held against; null where none was found
 */
export function fitUsl(levels: readonly UslLevel[], sustainedPerSecond: number | null = null): Usl {
  if (levels.length < LEVELS_AT_LEAST) {
    return notFitted(`${levels.length} levels were measured, at least ${LEVELS_AT_LEAST} are wanted`);
  }
  const fit = fitLeastSquares(levels);
  if (fit === null) return notFitted('no coefficients with γ > 0, 0 ≤ σ ≤ 1 and κ ≥ 0 fit the levels');
  const gamma = intervalOf('gamma', fit, levels);
  const sigma = intervalOf('sigma', fit, levels);
  const kappa = intervalOf('kappa', fit, levels);
  if (!gamma || !sigma || !kappa) {
    const open = gamma ? (sigma ? 'κ' : 'σ') : 'γ';
    return notFitted(
      `the levels leave ${open} open: rates nearer to saturation, or farther below it, are missing`,
    );
  }
  const peak = peakOf(fit);
  const found = { gamma, sigma, kappa, peak, rSquared: rSquaredOf(fit, levels) };
  return {
    kind: 'fitted',
    ...found,
    levels: levels.map(([inFlight, perSecond]) => [inFlight, perSecond]),
    warnings: uslWarnings(found, levels, sustainedPerSecond),
  };
}

function intervalOf(name: 'gamma' | 'sigma' | 'kappa', fit: UslFit, levels: readonly UslLevel[]) {
  const degrees = levels.length - 3;
  const t = studentTQuantile((1 + CONFIDENCE) / 2, degrees);
  const interval = profileInterval(
    { value: fit[name], cost: fit.squares },
    fit.squares * (1 + t ** 2 / degrees),
    { least: 0, most: name === 'sigma' ? 1 : Number.POSITIVE_INFINITY },
    (value) => fitLeastSquares(levels, { [name]: value }, fit)?.squares ?? Number.POSITIVE_INFINITY,
  );
  return interval && { estimate: fit[name], ...interval };
}

/**
 * N* = √((1 − σ) / κ) and what it carries. Null where κ is 0, and below one request in flight, where N − 1 turns
 * contention into its opposite: the law says nothing there, and X(N*) may be any multiple of γ.
 */
function peakOf(fit: UslFit): Extract<Usl, { kind: 'fitted' }>['peak'] {
  if (fit.kappa === 0) return null;
  const inFlight = Math.sqrt((1 - fit.sigma) / fit.kappa);
  if (inFlight < 1) return null;
  return { inFlight, perSecond: uslThroughput(fit, inFlight) };
}

/** 1 − squares left / squares about the mean; 1 where X does not vary and nothing is left. */
function rSquaredOf({ squares }: UslFit, levels: readonly UslLevel[]): number {
  const mean = levels.reduce((sum, [, perSecond]) => sum + perSecond, 0) / levels.length;
  const total = levels.reduce((sum, [, perSecond]) => sum + (perSecond - mean) ** 2, 0);
  return total === 0 ? 1 : 1 - squares / total;
}

function notFitted(reason: string): Usl {
  return { kind: 'not-fitted', reason };
}
