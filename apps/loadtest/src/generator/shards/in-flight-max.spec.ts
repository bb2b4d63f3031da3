import { inFlightMaxOf } from './in-flight-max.ts';

/** [intended, sent late by, latency from the intended instant], ms. */
function answersOf(rows: readonly [number, number, number][]) {
  const column = (cell: 0 | 1 | 2) => Float64Array.from(rows, (row) => row[cell]);
  const none = { outcome: new Uint8Array(rows.length), status: new Uint16Array(rows.length) };
  return { count: rows.length, intendedMs: column(0), latenessMs: column(1), latencyMs: column(2), ...none };
}

describe('inFlightMaxOf', () => {
  it.each<[string, [number, number, number][], number]>([
    ['nothing', [], 0],
    [
      'one after the other',
      [
        [0, 0, 5],
        [10, 0, 5],
        [20, 0, 5],
      ],
      1,
    ],
    [
      'an end at the instant of the next send',
      [
        [0, 0, 10],
        [10, 0, 10],
      ],
      1,
    ],
    [
      'all until the last ends',
      [
        [0, 0, 100],
        [10, 0, 100],
        [20, 0, 100],
      ],
      3,
    ],
    [
      'a long one beside short ones',
      [
        [0, 0, 100],
        [10, 0, 5],
        [20, 0, 5],
      ],
      2,
    ],
    [
      'one sent so late that the other had ended',
      [
        [0, 0, 10],
        [5, 10, 20],
      ],
      1,
    ],
  ])('counts %s', (_, rows, most) => {
    expect(inFlightMaxOf(answersOf(rows))).toBe(most);
  });
});
