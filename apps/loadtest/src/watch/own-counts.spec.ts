import { outcomes, type Answers, type Outcome } from '@spillway/capacity';
import { ownCounts } from './own-counts.ts';

interface Row {
  readonly atMs: number;
  readonly tookMs: number;
  readonly outcome?: Outcome;
}

function answersOf(rows: readonly Row[]): Answers {
  return {
    count: rows.length,
    intendedMs: Float64Array.from(rows, ({ atMs }) => atMs),
    latenessMs: new Float64Array(rows.length),
    latencyMs: Float64Array.from(rows, ({ tookMs }) => tookMs),
    outcome: Uint8Array.from(rows, ({ outcome = 'acknowledged' }) => outcomes.indexOf(outcome)),
    status: new Uint16Array(rows.length),
  };
}

const START = 1_000_000;
const window = { startMs: START + 60_000, endMs: START + 120_000 };
const countsOf = (...rows: Row[]) =>
  ownCounts([{ startedAtMs: START, answers: answersOf(rows) }], window, 500);

describe('ownCounts', () => {
  it.each<[string, Row, object]>([
    ['answered in it', { atMs: 90_000, tookMs: 20 }, { requests: 1, failed: 0, slow: 0 }],
    ['answered before it', { atMs: 50_000, tookMs: 20 }, { requests: 0, failed: 0, slow: 0 }],
    ['just as slow as the SLO', { atMs: 90_000, tookMs: 500 }, { requests: 1, failed: 0, slow: 1 }],
    ['just not slow', { atMs: 90_000, tookMs: 499 }, { requests: 1, failed: 0, slow: 0 }],
    ['failed in it', { atMs: 90_000, tookMs: 20, outcome: 'failed' }, { requests: 1, failed: 1, slow: 0 }],
    [
      'failed a moment before it, by this clock',
      { atMs: 58_500, tookMs: 20, outcome: 'failed' },
      { requests: 0, failed: 1, slow: 0 },
    ],
    [
      'failed a moment after it',
      { atMs: 121_000, tookMs: 20, outcome: 'failed' },
      { requests: 0, failed: 1, slow: 0 },
    ],
    [
      'failed long before it',
      { atMs: 50_000, tookMs: 20, outcome: 'failed' },
      { requests: 0, failed: 0, slow: 0 },
    ],
    [
      'given up before it, and perhaps answered in it',
      { atMs: 40_000, tookMs: 5000, outcome: 'timeout' },
      { requests: 0, failed: 1, slow: 1 },
    ],
    [
      'given up too long before it',
      { atMs: 20_000, tookMs: 5000, outcome: 'timeout' },
      { requests: 0, failed: 0, slow: 0 },
    ],
    [
      'throttled in it',
      { atMs: 90_000, tookMs: 5, outcome: 'throttled' },
      { requests: 1, failed: 0, slow: 0 },
    ],
  ])('counts a request %s', (_what, row, counts) => {
    expect(countsOf(row)).toEqual(counts);
  });
});
