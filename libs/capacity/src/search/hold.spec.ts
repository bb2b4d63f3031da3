import { judgedStep } from '../__fixtures__/judged-step.ts';
import { profiles } from '../__fixtures__/simulated-search.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import type { JudgedStep, Measurement } from '../run-record.ts';
import { ratioLowerBound, ratioUpperBound } from '../statistics/bounds.ts';
import { holdAgain, holdFor, isHopeless } from './hold.ts';
import { holdForOpenBound } from './open-bound.ts';
import { rateLevels } from './rate-levels.ts';

const { quick, full } = profiles;

/** A step of 4 s whose judgement is open. */
function open(changes: Partial<Measurement>, verdict: 'inconclusive' | 'fail' = 'inconclusive'): JudgedStep {
  const step = judgedStep(500, verdict, { holdMs: 4000 });
  return { ...step, measurement: { ...step.measurement, inFlightSlopeUpperPerSecond: 0, ...changes } };
}

/** With `bad` of `judged` bad, independent. */
function withBad(bad: number, judged: number): JudgedStep {
  return open({
    ...{ judged, bad, badRatio: bad / judged, effectiveSamples: judged },
    badRatioLower: ratioLowerBound(bad, judged),
    badRatioUpper: ratioUpperBound(bad, judged),
  });
}

describe('holdForOpenBound', () => {
  it.each([
    ['below ε', 14, 2000],
    ['above ε', 28, 2000],
  ])('closes the bound of a bad ratio %s, and hardly more than that', (_what, bad, judged) => {
    const factor = holdForOpenBound(withBad(bad, judged), targets) / 4000;
    const isClosedAt = (times: number): boolean =>
      ratioUpperBound(bad * times, judged * times) <= 0.01 ||
      ratioLowerBound(bad * times, judged * times) > 0.01;
    expect(isClosedAt(factor)).toBe(true);
    expect(isClosedAt(factor / 1.2)).toBe(false);
  });

  it('takes answers that come in clumps for as few as they are worth', () => {
    const step = withBad(14, 2000);
    const clumped = {
      ...step,
      measurement: { ...step.measurement, effectiveSamples: 500, badRatioUpper: 0.016 },
    };
    expect(holdForOpenBound(clumped, targets)).toBeGreaterThan(3 * holdForOpenBound(step, targets));
  });

  it('gives up at ε itself, which no sample settles', () => {
    expect(holdForOpenBound(withBad(20, 2000), targets)).toBe(64 * 4000);
  });

  it('holds until the drift is proven: its bound shrinks with the root of the hold', () => {
    const step = open({ offeredPerSecond: 500, inFlightSlopePerSecond: 5, inFlightSlopeUpperPerSecond: 45 });
    // (45 − 5) / (25 − 5) = 2, so four holds and a tenth of that.
    expect(holdForOpenBound(step, targets)).toBeCloseTo(1.1 * 4 * 4000, 6);
  });

  it('doubles where neither bound was the reason', () => {
    expect(holdForOpenBound(open({}), targets)).toBe(8000);
  });
});

describe('holdAgain', () => {
  const levelOf = (step: JudgedStep) => rateLevels([step], 2)[0]!;

  it('is what the open bound needs, no shorter than a bisection step', () => {
    expect(holdAgain(levelOf(withBad(14, 2000)), quick, 50_000)).toBe(
      Math.ceil(holdForOpenBound(withBad(14, 2000), targets)),
    );
    expect(holdAgain(levelOf(open({}, 'fail')), quick, 50_000)).toBe(4000);
  });

  it('is capped at four holds, and at eight where the budget has room', () => {
    const near = levelOf(withBad(20, 2000));
    expect(holdAgain(near, quick, 64_000)).toBe(16_000);
    expect(holdAgain(near, quick, 96_000)).toBe(24_000);
    expect(holdAgain(near, full, 1_800_000)).toBe(160_000);
  });

  it('is hopeless beyond twice that', () => {
    const wantsFactor = (factor: number) => {
      const slopeUpper = 25 * Math.sqrt(factor / 1.1);
      return levelOf(
        open({ offeredPerSecond: 500, inFlightSlopePerSecond: 0, inFlightSlopeUpperPerSecond: slopeUpper }),
      );
    };
    expect(isHopeless(wantsFactor(7.9), quick, 0)).toBe(false);
    expect(isHopeless(wantsFactor(8.1), quick, 0)).toBe(true);
  });
});

describe('holdFor', () => {
  it('is the hold asked for, or what 299 answers take', () => {
    expect(holdFor(1000, 1, quick)).toBe(4000);
    expect(holdFor(10, 1, quick)).toBe(Math.ceil(1.05 * 299 * 100));
  });
});
