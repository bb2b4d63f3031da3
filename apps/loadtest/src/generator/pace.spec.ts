import * as fc from 'fast-check';
import { nextArrivals, scheduleArrivals } from './pace.ts';

const span = { warmUpMs: 1000, holdMs: 9000 };

/** Largest distance between the gaps' empirical distribution and the exponential of that mean. */
function kolmogorovSmirnov(gapsMs: readonly number[], meanMs: number): number {
  const sorted = [...gapsMs].sort((a, b) => a - b);
  return sorted.reduce((largest, gapMs, i) => {
    const expected = 1 - Math.exp(-gapMs / meanMs);
    return Math.max(largest, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }, 0);
}

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

  it.each([1, 2, 3])('draws Poisson gaps that pass a Kolmogorov–Smirnov test at 1 %% (seed %i)', (seed) => {
    const instants = scheduleArrivals({ kind: 'poisson', ratePerSecond: 500, seed }, span);
    const gaps = Array.from(instants, (instantMs, i) => instantMs - (instants[i - 1] ?? 0));
    expect(gaps.length).toBeGreaterThan(4500);
    expect(kolmogorovSmirnov(gaps, 2)).toBeLessThan(1.628 / Math.sqrt(gaps.length));
    // The same test refuses what is not exponential.
    expect(kolmogorovSmirnov(gaps.fill(2), 2)).toBeGreaterThan(0.3);
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
