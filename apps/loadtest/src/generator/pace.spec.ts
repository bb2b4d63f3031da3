import { kolmogorovSmirnov } from '@spillway/capacity/testing';
import * as fc from 'fast-check';
import { chiSquare, countsPerBin } from './__fixtures__/chi-square.ts';
import { nextArrivals, scheduleArrivals } from './pace.ts';

const span = { warmUpMs: 1000, holdMs: 9000 };

const exponential = (meanMs: number) => (gapMs: number) => 1 - Math.exp(-gapMs / meanMs);
const gapsOf = (instants: Float64Array) => Array.from(instants, (at, i) => at - (instants[i - 1] ?? 0));

describe('scheduleArrivals', () => {
  it.each([
    ['divides the span', 100, 1000],
    ['has a gap that is no whole number', 300, 3000],
    ['does not divide the span', 0.15, 2],
    ['is slower than one in the span', 0.05, 1],
  ])('sends a constant rate that %s exactly', (_, ratePerSecond, count) => {
    const instants = scheduleArrivals({ kind: 'constant', ratePerSecond }, span);
    expect(instants).toHaveLength(count);
    instants.forEach((instantMs, i) => expect(instantMs).toBeCloseTo((i * 1000) / ratePerSecond, 6));
  });

  describe('at 500/s', () => {
    const poisson = (seed: number) =>
      scheduleArrivals({ kind: 'poisson', ratePerSecond: 500, seed }, { warmUpMs: 0, holdMs: 20_000 });
    const constant = scheduleArrivals(
      { kind: 'constant', ratePerSecond: 500 },
      { warmUpMs: 0, holdMs: 20_000 },
    );
    const pOfGaps = (seed: number) => kolmogorovSmirnov(gapsOf(poisson(seed)), exponential(2)).pValue;
    const pOfCounts = (seed: number) =>
      chiSquare(countsPerBin(poisson(seed), 20_000, 20), Array<number>(20).fill(500));
    const seeds = [1, 2, 3, 7, 42, 2026, -1, 0];

    it.each(seeds)('draws gaps that pass a Kolmogorov–Smirnov test at 0.1 %% (seed %i)', (seed) => {
      expect(pOfGaps(seed)).toBeGreaterThan(0.001);
    });

    it.each(seeds)('draws counts a second that pass a chi-square test at 0.1 %% (seed %i)', (seed) => {
      expect(pOfCounts(seed)).toBeGreaterThan(0.001);
    });

    it.each([
      ['Kolmogorov–Smirnov', pOfGaps],
      ['chi-square', pOfCounts],
    ])('has neither too many nor too few unlikely seeds: p-values of %s are uniform', (_, pOf) => {
      const pValues = Array.from({ length: 100 }, (__, seed) => pOf(seed));
      expect(kolmogorovSmirnov(pValues, (p) => p).pValue).toBeGreaterThan(0.01);
    });

    it('would be caught by the same tests if it were not Poisson', () => {
      expect(kolmogorovSmirnov(gapsOf(constant), exponential(2)).pValue).toBeLessThan(1e-6);
      // A rate that is off by 5 %.
      expect(kolmogorovSmirnov(gapsOf(poisson(1)), exponential(2.1)).pValue).toBeLessThan(0.01);
      const evenCounts = countsPerBin(constant, 20_000, 20);
      expect(chiSquare(evenCounts, Array<number>(20).fill(500))).toBeGreaterThan(1 - 1e-6);
    });
  });

  it('sends a recorded list as recorded, up to the end of the span', () => {
    const instantsMs = Float64Array.of(0, 2, 2, 9999, 10_000, 12_000);
    expect([...scheduleArrivals({ kind: 'recorded', instantsMs }, span)]).toEqual([0, 2, 2, 9999]);
  });

  it('gives the same instants for a seed, and others for another', () => {
    const poisson = (seed: number) => scheduleArrivals({ kind: 'poisson', ratePerSecond: 50, seed }, span);
    expect(poisson(7)).toEqual(poisson(7));
    expect(poisson(8)).not.toEqual(poisson(7));
  });

  it('spreads a burst over its span, from the end of the warm-up on', () => {
    const burst = scheduleArrivals({ kind: 'burst', requests: 4, withinMs: 100 }, span);
    expect([...burst]).toEqual([1000, 1025, 1050, 1075]);
    expect([...scheduleArrivals({ kind: 'burst', requests: 3, withinMs: 0 }, span)]).toEqual([
      1000, 1000, 1000,
    ]);
  });

  it('stays inside the span and in order, whatever the rate', () => {
    const rate = fc.double({ min: 0.01, max: 2000, noNaN: true });
    fc.assert(
      fc.property(rate, fc.integer(), fc.boolean(), (ratePerSecond, seed, isPoisson) => {
        const instants = scheduleArrivals(
          isPoisson ? { kind: 'poisson', ratePerSecond, seed } : { kind: 'constant', ratePerSecond },
          { warmUpMs: 0, holdMs: 1000 },
        );
        expect(instants).toEqual(Float64Array.from(instants).sort());
        expect(instants.every((instantMs) => instantMs >= 0 && instantMs < 1000)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});

describe('nextArrivals', () => {
  const schedule = Float64Array.of(10, 20, 20, 35);

  it.each([
    ['nothing yet', 9.9, 0, 0, 0.1],
    ['the first, at its instant', 10, 0, 1, 10],
    ['all that are late, at once', 30, 0, 3, 5],
    ['only what was not sent', 30, 2, 1, 5],
    ['nothing when all that is due was sent', 30, 3, 0, 5],
    ['the last, and no wait', 40, 3, 1, null],
    ['no more after the end', 90, 4, 0, null],
  ])('finds %s', (_, elapsedMs, sent, due, waitMs) => {
    const step = nextArrivals(schedule, elapsedMs, sent);
    expect(step.due).toBe(due);
    if (waitMs === null) expect(step.waitMs).toBeNull();
    else expect(step.waitMs).toBeCloseTo(waitMs, 9);
  });

  it('finds no more than asked for, and that more are due', () => {
    expect(nextArrivals(schedule, 30, 0, 2)).toEqual({ due: 2, waitMs: -10 });
    expect(nextArrivals(schedule, 30, 0, 3)).toEqual({ due: 3, waitMs: 5 });
  });

  it('sends every request exactly once, never early, whenever it is asked', () => {
    const gaps = fc.array(fc.double({ min: 0, max: 50, noNaN: true }), { minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(gaps, gaps, (arrivalGaps, askGaps) => {
        let atMs = 0;
        const instants = Float64Array.from(arrivalGaps, (gapMs) => (atMs += gapMs));
        let [elapsedMs, sent] = [0, 0];
        for (const gapMs of [...askGaps, atMs]) {
          elapsedMs += gapMs;
          const { due, waitMs } = nextArrivals(instants, elapsedMs, sent);
          sent += due;
          expect(instants.filter((instantMs) => instantMs <= elapsedMs)).toHaveLength(sent);
          expect(waitMs === null).toBe(sent === instants.length);
        }
        expect(sent).toBe(instants.length);
      }),
    );
  });
});
