import { percent } from '../figures.ts';
import type { Usl } from '../usl-record.ts';
import type { UslLevel } from './usl-least-squares.ts';

type FittedUsl = Extract<Usl, { kind: 'fitted' }>;

/** A fit that explains less than this of the variance follows some other law. */
const R_SQUARED_AT_LEAST = 0.9;

/** Where not to trust a fit: sentences with the numbers, none where nothing speaks against it. */
export function uslWarnings(
  fit: Pick<FittedUsl, 'gamma' | 'sigma' | 'kappa' | 'peak' | 'rSquared'>,
  levels: readonly UslLevel[],
  sustainedPerSecond: number | null,
): string[] {
  return [...peakWarnings(fit, levels), ...sustainedWarnings(fit, sustainedPerSecond), ...fitWarnings(fit)];
}

function peakWarnings(
  { peak, kappa }: Pick<FittedUsl, 'peak' | 'kappa'>,
  levels: readonly UslLevel[],
): string[] {
  const least = Math.min(...levels.map(([inFlight]) => inFlight));
  const most = Math.max(...levels.map(([inFlight]) => inFlight));
  if (!peak) {
    return kappa.estimate > 0
      ? ['the fit has no peak from one request in flight on: it falls from there']
      : [];
  }
  if (peak.inFlight > most) {
    return [`the peak at ${round(peak.inFlight)} in flight is beyond the ${round(most)} that were tested`];
  }
  if (peak.inFlight < least) {
    return [`the peak at ${round(peak.inFlight)} in flight is below the ${round(least)} that were tested`];
  }
  return kappa.lower === 0 ? ['the interval of κ reaches 0: whether there is a peak at all is open'] : [];
}

/** λ* is what was answered within T: where the fit says that less is carried at all, the fit errs. */
function sustainedWarnings(
  { gamma, sigma, kappa, peak }: Pick<FittedUsl, 'gamma' | 'sigma' | 'kappa' | 'peak'>,
  sustainedPerSecond: number | null,
): string[] {
  // A law that falls from one request on has no ceiling that means anything; that it falls is a warning of its own.
  if (sustainedPerSecond === null || (peak === null && kappa.estimate > 0)) return [];
  const ceiling = peak?.perSecond ?? (sigma.estimate > 0 ? gamma.estimate / sigma.estimate : null);
  if (ceiling === null || sustainedPerSecond <= ceiling) return [];
  const what = peak ? 'peak' : 'ceiling γ/σ';
  return [
    `λ* is ${round(sustainedPerSecond)}/s, more than the ${what} of ${round(ceiling)}/s: the fit is too low there, the bracket stands`,
  ];
}

function fitWarnings({ rSquared, sigma, kappa }: Pick<FittedUsl, 'rSquared' | 'sigma' | 'kappa'>): string[] {
  return [
    ...(rSquared < R_SQUARED_AT_LEAST
      ? [`the fit explains ${percent(Math.max(0, rSquared))} of the variance of X: another law is at work`]
      : []),
    ...(sigma.estimate === 0 && kappa.estimate === 0
      ? ['σ and κ are 0: nothing that was tested came near saturation']
      : []),
  ];
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
