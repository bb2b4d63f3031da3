import { exampleRun } from '@spillway/capacity/testing';
import { clockText, phasesOf, roundSeconds, runClock } from './run-clock.ts';

const run = exampleRun();

describe('runClock', () => {
  it('counts from the start of the run to its end', () => {
    expect(runClock(run)).toEqual({ startMs: Date.parse(run.startedAt), endSeconds: 148.684 });
  });

  it('begins with a step that began before the run says it did', () => {
    const startedAt = '2026-05-12T09:14:43.120Z';
    expect(runClock({ ...run, startedAt })!.startMs).toBe(Date.parse('2026-05-12T09:14:38.000Z'));
  });

  it('is none where nothing has a length', () => {
    expect(runClock({ ...run, steps: [], finishedAt: run.startedAt })).toBeNull();
  });
});

describe('roundSeconds', () => {
  it.each([
    ['a run that fits in seconds keeps them', 180, 180, 1],
    ['one that just does not goes to two', 180.1, 180, 2],
    ['a longer one takes a span that people count in', 1000, 180, 10],
    ['one of years is divided evenly', 180 * 86_400 * 10, 180, 864_000],
  ])('%s', (_fact, endSeconds, most, expected) => {
    expect(roundSeconds(endSeconds, most)).toBe(expected);
  });
});

describe('clockText', () => {
  it.each([
    [0, '0:00'],
    [59.4, '0:59'],
    [59.5, '1:00'],
    [3599, '59:59'],
    [3600, '1:00:00'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(clockText(seconds)).toBe(text);
  });
});

describe('phasesOf', () => {
  it('joins neighbouring steps of one purpose, and leaves the calibration out', () => {
    const phases = phasesOf(run, runClock(run)!);
    expect(phases.map(({ name }) => name)).toEqual(['discovery', 'burst', 'replay']);
    // The second step of the run is the first of discovery; each is 8 s after the one before and 5 s long.
    expect(phases[0]!.fromSeconds).toBeCloseTo(12.88, 6);
    expect(phases[0]!.toSeconds).toBeCloseTo(12.88 + 10 * 8 + 5, 6);
  });

  it('ends no phase after the run', () => {
    const clock = { ...runClock(run)!, endSeconds: 20 };
    for (const { toSeconds } of phasesOf(run, clock)) expect(toSeconds).toBeLessThanOrEqual(20);
  });
});
