import * as fc from 'fast-check';
import { lateAnswers } from './late-answers.ts';
import type { Spread } from './foreign-report.ts';

const QUANTILES = [0.5, 0.75, 0.9, 0.95, 0.99, 0.999];

/** Ranks as three tools take them, from 0: DDSketch, nearest rank, and interpolation (stats-lite). */
const percentileBy = {
  ddsketch: (sorted: readonly number[], q: number) => sorted[Math.floor(q * (sorted.length - 1))]!,
  'nearest rank': (sorted: readonly number[], q: number) =>
    sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!,
  interpolation: (sorted: readonly number[], q: number) => {
    const rank = Math.max(0, q * sorted.length - 0.5);
    const below = sorted[Math.floor(rank)]!;
    return below + (rank % 1) * (sorted[Math.min(Math.floor(rank) + 1, sorted.length - 1)]! - below);
  },
};

const spread = (changes: Partial<Spread>): Spread => ({
  count: 100,
  maxMs: 1000,
  quantiles: [],
  errorRatio: 0,
  buckets: null,
  ...changes,
});

describe('lateAnswers', () => {
  it.each(Object.entries(percentileBy))(
    'holds the true count between its bounds, ranks by %s',
    (_name, percentileOf) => {
      fc.assert(
        fc.property(
          fc.array(fc.double({ min: 0.1, max: 2000, noNaN: true }), { minLength: 1, maxLength: 300 }),
          fc.integer({ min: 1, max: 2000 }),
          fc.double({ min: -1, max: 1, noNaN: true }),
          (times, latencyMs, wobble) => {
            const sorted = times.toSorted((a, b) => a - b);
            const round = (value: number) => Math.round(value * 10) / 10;
            const found = lateAnswers(
              {
                count: sorted.length,
                maxMs: round(sorted.at(-1)!),
                quantiles: QUANTILES.map(
                  (q) => [q, round(percentileOf(sorted, q) * (1 + 0.0099 * wobble))] as const,
                ),
                errorRatio: 0.01,
                buckets: null,
              },
              latencyMs,
            );
            const late = sorted.filter((ms) => ms > latencyMs).length;
            expect(found.atLeast).toBeLessThanOrEqual(late);
            expect(found.atMost).toBeGreaterThanOrEqual(late);
          },
        ),
      );
    },
  );

  it.each([
    ['max within T: none', spread({ maxMs: 499.9 }), { atLeast: 0, atMost: 0 }],
    ['max over T: one at least, all at most', spread({ maxMs: 501 }), { atLeast: 1, atMost: 100 }],
    ['max that rounds to T: it may be over', spread({ maxMs: 500 }), { atLeast: 0, atMost: 100 }],
    ['p99 within T: one at most', spread({ quantiles: [[0.99, 499]] }), { atLeast: 1, atMost: 1 }],
    ['p50 over T: half at least', spread({ quantiles: [[0.5, 501]] }), { atLeast: 50, atMost: 100 }],
    [
      'p99 within a sketch’s 1 % of T: it tells nothing',
      spread({ errorRatio: 0.01, quantiles: [[0.99, 497]] }),
      { atLeast: 1, atMost: 100 },
    ],
    ['no answer', spread({ count: 0, maxMs: null }), { atLeast: 0, atMost: 0 }],
    ['nothing but a count', spread({ maxMs: null }), { atLeast: 0, atMost: 100 }],
  ])('bounds by %s', (_name, found, wanted) => {
    expect(lateAnswers(found, 500)).toEqual(wanted);
  });

  it('counts buckets instead of percentiles; the one that T lies in may be late', () => {
    const buckets = [
      { fromMs: 0, toMs: 495, count: 90 },
      { fromMs: 495, toMs: 505, count: 6 },
      { fromMs: 505, toMs: 1000, count: 4 },
    ];
    expect(lateAnswers(spread({ buckets, quantiles: [[0.5, 900]] }), 500)).toEqual({
      atLeast: 4,
      atMost: 10,
    });
  });
});
