import { uniforms } from '../random-streams.ts';
import { arrivalStream } from './arrival-stream.ts';
import { arrivalSpanMs, expectedRequests, type Arrivals } from './arrivals.ts';

const instantsOf = (arrivals: Arrivals, seed = 1): number[] => {
  const stream = arrivalStream(arrivals, uniforms(seed, 'arrivals'));
  const instants: number[] = [];
  for (let atMs = stream.next(); atMs < Infinity; atMs = stream.next()) instants.push(atMs);
  return instants;
};
const steps: Arrivals = {
  kind: 'shaped',
  shape: { binMs: 10_000, perSecond: Float64Array.of(300, 0, 900) },
  spacing: 'poisson',
};

describe(arrivalStream.name, () => {
  it.each([
    [10, 1000, [0, 100, 200, 300, 400, 500, 600, 700, 800, 900]],
    [3, 1000, [0, 1000 / 3, 2000 / 3]],
    [0.5, 5000, [0, 2000, 4000]],
    // 0.1 × 30 is 3.0000000000000004, which is no fourth request.
    [100, 30, [0, 10, 20]],
  ])('spaces %d/s over %d ms evenly, from 0 to before the end', (rate, durationMs, wanted) => {
    const shape = { binMs: durationMs, perSecond: Float64Array.of(rate) };
    const instants = instantsOf({ kind: 'shaped', shape, spacing: 'even' });
    expect(instants).toHaveLength(wanted.length);
    instants.forEach((instant, index) => expect(instant).toBeCloseTo(wanted[index]!, 9));
  });

  it('follows a changing rate evenly: each bin brings its share', () => {
    const shape = { binMs: 1000, perSecond: Float64Array.of(2, 0, 4) };
    expect(instantsOf({ kind: 'shaped', shape, spacing: 'even' })).toEqual([0, 500, 2000, 2250, 2500, 2750]);
  });

  it('brings Poisson counts: within 4 standard deviations of the rate, none where it is 0', () => {
    const instants = instantsOf(steps);
    const within = (fromMs: number) => instants.filter((ms) => ms >= fromMs && ms < fromMs + 10_000).length;
    expect(Math.abs(within(0) - 3000)).toBeLessThan(4 * Math.sqrt(3000));
    expect(within(10_000)).toBe(0);
    expect(Math.abs(within(20_000) - 9000)).toBeLessThan(4 * Math.sqrt(9000));
  });

  it('has exponential gaps: as many below the median and above three means as Exp(1) has', () => {
    const shape = { binMs: 100_000, perSecond: Float64Array.of(1000) };
    const instants = instantsOf({ kind: 'shaped', shape, spacing: 'poisson' });
    const gaps = instants.slice(1).map((instant, index) => instant - instants[index]!);
    const share = (test: (gapMs: number) => boolean) => gaps.filter(test).length / gaps.length;
    expect(share((gapMs) => gapMs < Math.LN2)).toBeCloseTo(0.5, 1.9);
    expect(share((gapMs) => gapMs > 3)).toBeCloseTo(Math.exp(-3), 2);
  });

  it('gives recorded instants as they are', () => {
    expect(instantsOf({ kind: 'recorded', instantsMs: Float64Array.of(3, 3, 8.5) })).toEqual([3, 3, 8.5]);
  });

  it('is the same for a seed and another for another', () => {
    expect(instantsOf(steps, 7)).toEqual(instantsOf(steps, 7));
    expect(instantsOf(steps, 7)).not.toEqual(instantsOf(steps, 8));
  });
});

describe(expectedRequests.name, () => {
  it('adds the bins up, or counts the instants', () => {
    expect(expectedRequests(steps)).toBe(12_000);
    expect(expectedRequests({ kind: 'recorded', instantsMs: Float64Array.of(1, 2) })).toBe(2);
  });
});

describe(arrivalSpanMs.name, () => {
  it('is all bins, or the last instant', () => {
    expect(arrivalSpanMs(steps)).toBe(30_000);
    expect(arrivalSpanMs({ kind: 'recorded', instantsMs: Float64Array.of(1, 2) })).toBe(2);
    expect(arrivalSpanMs({ kind: 'recorded', instantsMs: new Float64Array(0) })).toBe(0);
  });
});
