import { leastSquares } from './levenberg-marquardt.ts';

/** N requests in flight on average, X requests/s answered. */
export type UslLevel = readonly [inFlight: number, perSecond: number];

/** γ, requests/s of one request at a time; σ, contention, 0–1; κ, coherency, 0 and up. */
export interface UslCoefficients {
  readonly gamma: number;
  readonly sigma: number;
  readonly kappa: number;
}

/** Coefficients with the sum of squared residuals that they leave, (requests/s)². */
export interface UslFit extends UslCoefficients {
  readonly squares: number;
}

type Name = keyof UslCoefficients;

const NAMES = ['gamma', 'sigma', 'kappa'] as const;

/** The optimum lies inside or on one of these faces; σ above 1 would let throughput fall below that of one request. */
const FACES: readonly Partial<UslCoefficients>[] = [
  {},
  { kappa: 0 },
  { sigma: 0 },
  { sigma: 1 },
  { sigma: 0, kappa: 0 },
  { sigma: 1, kappa: 0 },
];

/** Below one request in flight a large κ turns the denominator over; held above 0, such a fit is merely bad. */
const LEAST_SLOWING = 1e-9;

/** Share of ΣX² that no data resolve: where a bound costs no more, the coefficient is at the bound. */
const NEGLIGIBLE = 1e-14;

/** Starts of the solver, in units of `scaleOf`: from hardly any contention to much. */
const STARTS: readonly UslCoefficients[] = [
  { gamma: 1, sigma: 0.5, kappa: 0.1 },
  { gamma: 1, sigma: 10, kappa: 0.01 },
];

/** X(N) = γN / (1 + σ(N−1) + κN(N−1)): Gunther, Guerrilla Capacity Planning (2007), equation 4.31 with γ = X(1). */
export function uslThroughput({ gamma, sigma, kappa }: UslCoefficients, inFlight: number): number {
  const slowing = 1 + sigma * (inFlight - 1) + kappa * inFlight * (inFlight - 1);
  return (gamma * inFlight) / Math.max(LEAST_SLOWING, slowing);
}

/**
 * Least squares on X over γ > 0, 0 ≤ σ ≤ 1, κ ≥ 0: the bounds' faces in turn (clamping single steps may stall short of
 * the optimum), the best one that keeps to the bounds. Null where none does.
 * @param fixed coefficients to hold, for a profile
 * @param from a solution near by to start from, instead of the usual starts
 */
export function fitLeastSquares(
  levels: readonly UslLevel[],
  fixed: Partial<UslCoefficients> = {},
  from?: UslCoefficients,
): UslFit | null {
  const free = FACES.filter((face) => NAMES.every((name) => !(name in face && name in fixed)));
  const fits = free.flatMap((face) => solve(levels, { ...face, ...fixed }, from) ?? []);
  const best = least(fits);
  if (best === null) return null;
  const negligible = NEGLIGIBLE * levels.reduce((sum, [, perSecond]) => sum + perSecond ** 2, 0);
  return fits.findLast(({ squares }) => squares <= best.squares + negligible) ?? best;
}

function solve(
  levels: readonly UslLevel[],
  held: Partial<UslCoefficients>,
  from?: UslCoefficients,
): UslFit | null {
  const free = NAMES.filter((name) => !(name in held));
  const complete = (parameters: readonly number[]): UslCoefficients => {
    const value = (name: Name): number => held[name] ?? parameters[free.indexOf(name)] ?? 0;
    return { gamma: value('gamma'), sigma: value('sigma'), kappa: value('kappa') };
  };
  const problem = {
    residuals: (parameters: readonly number[]) => residualsOf(levels, complete(parameters)),
    derivatives: (parameters: readonly number[]) => {
      const coefficients = complete(parameters);
      return levels.map(([inFlight]) => free.map((name) => slope(coefficients, name, inFlight)));
    },
  };
  const starts = from ? [from] : startsFor(levels);
  const fits = starts.map((start) => {
    const { parameters, squares } = leastSquares(
      problem,
      free.map((name) => start[name]),
    );
    return { ...complete(parameters), squares };
  });
  return least(fits.filter(isFeasible));
}

function least(fits: readonly UslFit[]): UslFit | null {
  return fits.reduce<UslFit | null>((best, fit) => (best && best.squares <= fit.squares ? best : fit), null);
}

/** ∂X/∂coefficient. */
function slope(coefficients: UslCoefficients, name: Name, inFlight: number): number {
  const unit = uslThroughput({ ...coefficients, gamma: 1 }, inFlight);
  if (name === 'gamma') return unit;
  const rises = name === 'sigma' ? inFlight - 1 : inFlight * (inFlight - 1);
  return (-coefficients.gamma * unit * unit * rises) / inFlight;
}

/** The starts in the coefficients' own units, by the sizes of N and of X / N. */
function startsFor(levels: readonly UslLevel[]): UslCoefficients[] {
  const most = Math.max(...levels.map(([inFlight]) => inFlight));
  const steepest = Math.max(...levels.map(([inFlight, perSecond]) => perSecond / inFlight));
  return STARTS.map(({ gamma, sigma, kappa }) => ({
    gamma: gamma * steepest,
    sigma: sigma / most,
    kappa: kappa / most ** 2,
  }));
}

function isFeasible({ gamma, sigma, kappa, squares }: UslFit): boolean {
  return (
    gamma > 0 &&
    sigma >= 0 &&
    sigma <= 1 &&
    kappa >= 0 &&
    [gamma, sigma, kappa, squares].every(Number.isFinite)
  );
}

function residualsOf(levels: readonly UslLevel[], coefficients: UslCoefficients): number[] {
  return levels.map(([inFlight, perSecond]) => uslThroughput(coefficients, inFlight) - perSecond);
}
