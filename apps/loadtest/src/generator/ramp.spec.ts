import { kolmogorovSmirnov } from '@spillway/capacity/testing';
import * as fc from 'fast-check';
import { chiSquare, countsPerBin } from './__fixtures__/chi-square.ts';
import { rampInstants, rampTotal, type Ramp } from './ramp.ts';

/** Requests due by t, written down independently of the code: the area under the rate. */
function dueBy({ fromPerSecond, toPerSecond }: Ramp, spanMs: number, atMs: number): number {
  const rateAt = fromPerSecond + ((toPerSecond - fromPerSecond) * atMs) / spanMs;
  return (((fromPerSecond + rateAt) / 2) * atMs) / 1000;
}

const up: Ramp = { fromPerSecond: 0, toPerSecond: 1000 };
const down: Ramp = { fromPerSecond: 1000, toPerSecond: 0 };
const partly: Ramp = { fromPerSecond: 100, toPerSecond: 900 };

describe('rampInstants', () => {
  it.each([
    ['up from nothing', up],
    ['down to nothing', down],
    ['between two rates', partly],
    ['that hardly changes', { fromPerSecond: 500, toPerSecond: 500.0000000001 }],
    ['that does not change', { fromPerSecond: 500, toPerSecond: 500 }],
  ])('puts request k where exactly k are due, on a ramp %s', (_, ramp) => {
    const instants = rampInstants(ramp, 10_000);
    expect(instants).toHaveLength(5000);
    instants.forEach((instantMs, k) => expect(dueBy(ramp, 10_000, instantMs)).toBeCloseTo(k, 7));
  });

  it('is a constant rate where both rates are the same', () => {
    expect([...rampInstants({ fromPerSecond: 4, toPerSecond: 4 }, 1000)]).toEqual([0, 250, 500, 750]);
  });

  it('sends half of a ramp up from nothing in its last 29 %', () => {
    const instants = rampInstants(up, 10_000);
    expect(instants.filter((instantMs) => instantMs >= 7071)).toHaveLength(2500);
  });

  it.each([1, 2, 3, 4, 5])('with seed %i is Poisson around its rate', (seed) => {
    const spanMs = 20_000;
    const instants = rampInstants({ ...partly, seed }, spanMs);
    // On the scale of requests due, its gaps are exponential of mean 1.
    const gaps = Array.from(
      instants,
      (at, i) => dueBy(partly, spanMs, at) - dueBy(partly, spanMs, instants[i - 1] ?? 0),
    );
    expect(kolmogorovSmirnov(gaps, (gap) => 1 - Math.exp(-gap)).pValue).toBeGreaterThan(0.01);
    const expected = Array.from(
      { length: 20 },
      (_, i) => dueBy(partly, spanMs, (i + 1) * 1000) - dueBy(partly, spanMs, i * 1000),
    );
    expect(chiSquare(countsPerBin(instants, spanMs, 20), expected)).toBeGreaterThan(0.01);
    // The same counts against a rate that does not rise.
    expect(chiSquare(countsPerBin(instants, spanMs, 20), Array<number>(20).fill(500))).toBeLessThan(1e-9);
  });

  it('gives the same instants for a seed, and others for another', () => {
    expect(rampInstants({ ...up, seed: 7 }, 1000)).toEqual(rampInstants({ ...up, seed: 7 }, 1000));
    expect(rampInstants({ ...up, seed: 8 }, 1000)).not.toEqual(rampInstants({ ...up, seed: 7 }, 1000));
  });

  it('stays in order and in its span, and as many as the area under the rate, whatever the rates', () => {
    const rate = fc.double({ min: 0, max: 2000, noNaN: true });
    const spans = fc.double({ min: 0, max: 2000, noNaN: true });
    fc.assert(
      fc.property(
        rate,
        rate,
        spans,
        fc.option(fc.integer(), { nil: undefined }),
        (from, to, spanMs, seed) => {
          const ramp = { fromPerSecond: from, toPerSecond: to, seed };
          const instants = rampInstants(ramp, spanMs);
          expect(instants).toEqual(Float64Array.from(instants).sort());
          expect(instants.every((instantMs) => instantMs >= 0 && instantMs <= spanMs)).toBe(true);
          if (seed === undefined)
            expect(Math.abs(instants.length - rampTotal(ramp, spanMs))).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });
});
