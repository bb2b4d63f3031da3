import { stallOf } from './stall-of.ts';

describe('stallOf', () => {
  const last = { atMs: 1000, runDelayMs: 30 };

  it.each([
    ['an ordinary tick', 5, 0, null],
    ['just below the threshold', 49.9, 0, null],
    ['at the threshold', 50, 0, { startMs: 1000, endMs: 1050 }],
    ['a long stop', 500, 2, { startMs: 1000, endMs: 1500 }],
    ['a busy machine: the whole gap was spent waiting for a core', 120, 115, null],
    ['a stop on a busy machine', 120, 60, { startMs: 1000, endMs: 1120 }],
  ])('tells %s', (_, gapMs, waitedMs, stall) => {
    expect(stallOf(last, { atMs: 1000 + gapMs, runDelayMs: 30 + waitedMs }, 50)).toEqual(stall);
  });
});
