import fc from 'fast-check';
import { fitUsl } from './usl.ts';
import { fitLeastSquares, uslThroughput, type UslLevel } from './usl-least-squares.ts';

type Fitted = Extract<ReturnType<typeof fitUsl>, { kind: 'fitted' }>;

/** SPEC SDM91 on a Sun SPARCcenter 2000: scripts/hour against users; data set specsdm91 of the R package usl. */
const specsdm91: UslLevel[] = [
  [1, 64.9],
  [18, 995.9],
  [36, 1652.4],
  [72, 1853.2],
  [108, 1828.9],
  [144, 1775.0],
  [216, 1702.2],
];

/** A ray tracer on a NUMA machine: Gunther, Guerrilla Capacity Planning (2007), table 5.1; raytracer of usl. */
const raytracer: UslLevel[] = [
  [1, 20],
  [4, 78],
  [8, 130],
  [12, 170],
  [16, 190],
  [20, 200],
  [24, 210],
  [28, 230],
  [32, 260],
  [48, 280],
  [64, 310],
];

function fitted(levels: readonly UslLevel[], sustainedPerSecond: number | null = null): Fitted {
  const usl = fitUsl(levels, sustainedPerSecond);
  if (usl.kind !== 'fitted') throw new Error(usl.reason);
  return usl;
}

/** Sum of squares with γ, which is linear, eliminated: variable projection (Golub & Pereyra 1973). */
function projectedSquares(levels: readonly UslLevel[], sigma: number, kappa: number): number {
  const shape = levels.map(([inFlight]) => uslThroughput({ gamma: 1, sigma, kappa }, inFlight));
  const dot = levels.reduce((sum, [, perSecond], index) => sum + perSecond * (shape[index] ?? 0), 0);
  const gamma = dot / shape.reduce((sum, value) => sum + value ** 2, 0);
  return levels.reduce(
    (sum, [, perSecond], index) => sum + (perSecond - gamma * (shape[index] ?? 0)) ** 2,
    0,
  );
}

/** The least of them on ever finer grids over σ and κ: no derivatives, no solver. */
function gridMinimum(levels: readonly UslLevel[]): { sigma: number; kappa: number; squares: number } {
  let best = { sigma: 0.5, kappa: 0.005, squares: Number.POSITIVE_INFINITY };
  let reach = { sigma: 0.5, kappa: 0.005 };
  for (let round = 0; round < 40; round += 1) {
    const centre = best;
    for (let i = -10; i <= 10; i += 1) {
      for (let j = -10; j <= 10; j += 1) {
        const sigma = Math.min(1, Math.max(0, centre.sigma + (i / 10) * reach.sigma));
        const kappa = Math.max(0, centre.kappa + (j / 10) * reach.kappa);
        const squares = projectedSquares(levels, sigma, kappa);
        if (squares < best.squares) best = { sigma, kappa, squares };
      }
    }
    reach = { sigma: reach.sigma * 0.6, kappa: reach.kappa * 0.6 };
  }
  return best;
}

describe('fitUsl', () => {
  it('gives the published coefficients of specsdm91 (usl 3.0: 0.0277285, 0.0001044, 89.9952330)', () => {
    const { gamma, sigma, kappa, peak, rSquared } = fitted(specsdm91);
    expect(gamma.estimate).toBeCloseTo(89.995233, 4);
    expect(sigma.estimate).toBeCloseTo(0.0277285, 7);
    expect(kappa.estimate).toBeCloseTo(0.0001044, 7);
    // N* = √((1 − 0.0277285) / 0.0001044).
    expect(peak?.inFlight).toBeCloseTo(96.5, 1);
    expect(peak?.perSecond).toBeCloseTo(1883.9, 1);
    expect(rSquared).toBeCloseTo(0.98956, 5);
  });

  it('gives the published coefficients of raytracer, whose κ is at its bound (21.848843, 0.057771, 0)', () => {
    const { gamma, sigma, kappa, peak, rSquared } = fitted(raytracer);
    expect(gamma.estimate).toBeCloseTo(21.848843, 4);
    expect(sigma.estimate).toBeCloseTo(0.057771, 6);
    expect(kappa).toMatchObject({ estimate: 0, lower: 0 });
    expect(peak).toBeNull();
    expect(rSquared).toBeCloseTo(0.990695, 5);
  });

  it.each([
    ['specsdm91', specsdm91],
    ['raytracer', raytracer],
  ])('finds the minimum that a grid search finds: %s', (_name, levels) => {
    const grid = gridMinimum(levels);
    const { squares, sigma, kappa } = fitLeastSquares(levels)!;
    expect(squares).toBeLessThanOrEqual(grid.squares * (1 + 1e-9));
    expect(sigma).toBeCloseTo(grid.sigma, 5);
    expect(kappa).toBeCloseTo(grid.kappa, 7);
  });

  it('has the profile interval that a scan over κ gives', () => {
    const { kappa } = fitted(specsdm91);
    const least = projectedSquares(specsdm91, 0.02772847, 0.000104365485);
    // 1 + t² / 4 with t = 2.7764, the 97.5 % quantile at 7 − 3 degrees of freedom.
    const threshold = least * (1 + 2.776445 ** 2 / 4);
    const isWithin = (value: number): boolean => {
      let best = Number.POSITIVE_INFINITY;
      for (let sigma = 0; sigma <= 0.2; sigma += 0.0002)
        best = Math.min(best, projectedSquares(specsdm91, sigma, value));
      return best <= threshold;
    };
    for (const [end, inwards] of [
      [kappa.lower, 1],
      [kappa.upper, -1],
    ] as const) {
      expect(isWithin(end + inwards * 2e-6)).toBe(true);
      expect(isWithin(end - inwards * 2e-6)).toBe(false);
    }
  });

  it('covers the truth in about 95 of 100 noisy samples', () => {
    const truth = { gamma: 100, sigma: 0.05, kappa: 0.002 };
    const inFlight = [1, 2, 4, 8, 12, 16, 24, 32];
    let covered = 0;
    for (let sample = 1; sample <= 100; sample += 1) {
      const noise = gaussian(sample);
      const levels = inFlight.map((n): UslLevel => [n, uslThroughput(truth, n) + 10 * noise()]);
      const { kappa } = fitted(levels);
      if (kappa.lower <= truth.kappa && truth.kappa <= kappa.upper) covered += 1;
    }
    expect(covered).toBeGreaterThanOrEqual(90);
    expect(covered).toBeLessThanOrEqual(99);
  });

  it('fits six levels, and no fewer', () => {
    expect(fitUsl(specsdm91.slice(0, 6)).kind).toBe('fitted');
    expect(fitUsl(specsdm91.slice(0, 5))).toEqual({
      kind: 'not-fitted',
      reason: '5 levels were measured, at least 6 are wanted',
    });
  });

  it('claims a peak from one request in flight on, and none below', () => {
    const peakAt = (inFlight: number) => {
      const law = { gamma: 100, sigma: 0.2, kappa: 0.8 / inFlight ** 2 };
      return fitted(
        [0.5, 0.8, 1, 1.5, 2, 3, 4].map((n): UslLevel => [n, uslThroughput(law, n)]),
        90,
      );
    };
    expect(peakAt(1.01).peak?.inFlight).toBeCloseTo(1.01, 5);
    expect(peakAt(1.01).peak?.perSecond).toBeGreaterThanOrEqual(100);
    expect(peakAt(0.99).peak).toBeNull();
    expect(peakAt(0.99).warnings).toEqual([expect.stringMatching(/no peak from one request in flight on/)]);
  });

  it('does not fit levels that leave a coefficient open', () => {
    const alike = [1, 1, 1, 1, 1, 1].map((inFlight, index): UslLevel => [inFlight, 100 + index]);
    expect(fitUsl(alike)).toMatchObject({ kind: 'not-fitted' });
  });

  describe('warns', () => {
    const law = { gamma: 100, sigma: 0.02, kappa: 0.001 };
    const exactly = (...inFlight: number[]) => inFlight.map((n): UslLevel => [n, uslThroughput(law, n)]);
    const peak = Math.sqrt(0.98 / 0.001);

    it('of nothing where the peak was tested and λ* is below it', () => {
      expect(fitted(exactly(1, 4, 10, 20, 40, 60), 900).warnings).toEqual([]);
    });

    it('of a peak beyond what was tested, or below it', () => {
      expect(fitted(exactly(1, 4, 8, 12, 16, 0.99 * peak)).warnings[0]).toMatch(/beyond/);
      expect(fitted(exactly(1, 4, 8, 12, 16, 1.01 * peak)).warnings).toEqual([]);
      expect(fitted(exactly(40, 50, 60, 80, 120, 200)).warnings[0]).toMatch(/below the 40/);
    });

    it('of a λ* above the peak, and not of one at it', () => {
      const { perSecond } = fitted(exactly(1, 4, 10, 20, 40, 60)).peak!;
      expect(fitted(exactly(1, 4, 10, 20, 40, 60), 0.999 * perSecond).warnings).toEqual([]);
      expect(fitted(exactly(1, 4, 10, 20, 40, 60), 1.001 * perSecond).warnings[0]).toMatch(
        /more than the peak/,
      );
    });

    it('of a λ* above the ceiling where there is no peak', () => {
      expect(fitted(raytracer, 370).warnings).toEqual([]);
      expect(fitted(raytracer, 380).warnings[0]).toMatch(/more than the ceiling γ\/σ of 378\/s/);
    });

    it('where nothing came near saturation', () => {
      const straight = [1, 2, 3, 4, 5, 6].map((n): UslLevel => [n, 100 * n]);
      expect(fitted(straight).warnings).toContainEqual(expect.stringMatching(/near saturation/));
    });
  });

  it('says no NaN and no infinity, whatever the levels are', () => {
    const positive = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(positive, positive), { maxLength: 12 }), (levels) => {
        const usl = fitUsl(levels, 100);
        expect(JSON.stringify(usl)).not.toMatch(/null,"upper|NaN|Infinity/);
        if (usl.kind === 'not-fitted') return;
        for (const { estimate, lower, upper } of [usl.gamma, usl.sigma, usl.kappa]) {
          expect([estimate, lower, upper].every(Number.isFinite)).toBe(true);
          expect(lower).toBeLessThanOrEqual(estimate);
          expect(upper).toBeGreaterThanOrEqual(estimate);
        }
        expect(usl.rSquared).toBeLessThanOrEqual(1 + 1e-9);
        expect(Number.isFinite(usl.rSquared)).toBe(true);
        if (usl.peak === null) return;
        const { inFlight, perSecond } = usl.peak;
        expect(inFlight).toBeGreaterThanOrEqual(1);
        expect(perSecond).toBeGreaterThanOrEqual(usl.gamma.estimate * (1 - 1e-9));
        expect(perSecond).toBeLessThanOrEqual(usl.gamma.estimate * inFlight * (1 + 1e-9));
      }),
      { numRuns: 60 },
    );
  });
});

/** Seeded standard normal numbers: Box & Muller (1958) over a linear congruential generator. */
function gaussian(seed: number): () => number {
  let state = (seed * 2_654_435_761) % 4_294_967_296;
  const uniform = (): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return (state + 0.5) / 4_294_967_296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
