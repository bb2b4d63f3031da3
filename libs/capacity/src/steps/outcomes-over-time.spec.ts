import fc from 'fast-check';
import { outcomes, type Answers, type Outcome } from '../answers/answers.ts';
import { outcomesOverTime, timedOutcomes } from './outcomes-over-time.ts';

const T_MS = 500;

type Row = readonly [intendedMs: number, latencyMs: number, outcome: Outcome];

function answersOf(rows: readonly Row[]): Answers {
  return {
    count: rows.length,
    intendedMs: Float64Array.from(rows, ([intendedMs]) => intendedMs),
    latenessMs: new Float64Array(rows.length),
    latencyMs: Float64Array.from(rows, ([, latencyMs]) => latencyMs),
    outcome: Uint8Array.from(rows, ([, , outcome]) => outcomes.indexOf(outcome)),
    status: new Uint16Array(rows.length),
  };
}

const none = { good: 0, late: 0, refused: 0, throttled: 0, failed: 0, timeout: 0, 'connection-error': 0 };

describe('outcomesOverTime', () => {
  it.each([
    ['an answer at T is good', [0, T_MS, 'acknowledged'], 'good'],
    ['an answer after T is late', [0, T_MS + 0.001, 'acknowledged'], 'late'],
    ['a 429 is throttled, however quick', [0, 1, 'throttled'], 'throttled'],
    ['a 5xx is failed', [0, 1, 'failed'], 'failed'],
    ['a broken connection is none of the others', [0, 1, 'connection-error'], 'connection-error'],
  ] as const)('%s', (_fact, row, expected) => {
    const [bin] = outcomesOverTime([{ startMs: 0, answers: answersOf([row]) }], 1000, T_MS);
    expect(bin).toEqual({ startMs: 0, counts: { ...none, [expected]: 1 } });
  });

  it('counts a request in the bin in which it was due, wherever its answer ends', () => {
    const rows: Row[] = [
      [999.999, 400, 'acknowledged'],
      [1000, 400, 'acknowledged'],
    ];
    const bins = outcomesOverTime([{ startMs: 2000, answers: answersOf(rows) }], 1000, T_MS);
    expect(bins.map(({ startMs, counts }) => [startMs, counts.good])).toEqual([
      [2000, 1],
      [3000, 1],
    ]);
  });

  it('puts steps that share a bin into it together, and leaves the empty bins between steps out', () => {
    const one = answersOf([[0, 1, 'acknowledged']]);
    const bins = outcomesOverTime(
      [
        { startMs: 9000, answers: one },
        { startMs: 100, answers: one },
        { startMs: 900, answers: one },
      ],
      1000,
      T_MS,
    );
    expect(bins.map(({ startMs, counts }) => [startMs, counts.good])).toEqual([
      [0, 2],
      [9000, 1],
    ]);
  });

  it('counts every request once, in bins that ascend', () => {
    const row = fc.tuple(
      fc.double({ min: 0, max: 1e6, noNaN: true }),
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      fc.constantFrom(...outcomes),
    );
    const steps = fc.array(fc.tuple(fc.integer({ min: -1e6, max: 1e6 }), fc.array(row)), { maxLength: 4 });
    fc.assert(
      fc.property(steps, fc.constantFrom(1, 250, 1000, 60_000), (of, binMs) => {
        const bins = outcomesOverTime(
          of.map(([startMs, rows]) => ({ startMs, answers: answersOf(rows) })),
          binMs,
          T_MS,
        );
        const rows = of.flatMap(([, list]) => list);
        const total = (names: readonly (keyof typeof none)[]) =>
          bins.reduce((sum, { counts }) => sum + names.reduce((n, name) => n + counts[name], 0), 0);
        expect(total(timedOutcomes)).toBe(rows.length);
        expect(total(['good', 'late'])).toBe(rows.filter(([, , name]) => name === 'acknowledged').length);
        bins.slice(1).forEach(({ startMs }, i) => expect(startMs).toBeGreaterThan(bins[i]!.startMs));
      }),
    );
  });
});
