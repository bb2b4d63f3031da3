import fc from 'fast-check';
import { overlap, touches } from '../__fixtures__/plain-measurement.ts';
import { overlapMs, stallWindows, touchesWindow } from './answers.ts';

describe('stallWindows', () => {
  it.each([
    [
      'a stall of 200 ms drains for 200 ms',
      [{ startMs: 1000, endMs: 1200 }],
      [{ startMs: 1000, endMs: 1400 }],
    ],
    ['a short one for 100 ms', [{ startMs: 1000, endMs: 1050 }], [{ startMs: 1000, endMs: 1150 }]],
    ['a tenth of T is the least that counts', [{ startMs: 0, endMs: 49 }], []],
    [
      'windows that meet are one, whatever their order',
      [
        { startMs: 1300, endMs: 1400 },
        { startMs: 1000, endMs: 1200 },
      ],
      [{ startMs: 1000, endMs: 1500 }],
    ],
  ])('%s', (_reason, stalls, windows) => {
    expect(stallWindows(stalls, 500)).toEqual(windows);
  });
});

describe('overlapMs and touchesWindow', () => {
  const windows = [
    { startMs: 100, endMs: 200 },
    { startMs: 400, endMs: 500 },
  ];

  it.each([
    ['across both', 0, 1000, 200, true],
    ['inside one', 120, 150, 30, true],
    ['up to the start', 0, 99, 0, false],
    ['from the end, which is outside', 200, 300, 0, false],
    ['an instant inside', 150, 150, 0, true],
  ])('%s', (_reason, from, to, overlap, touches) => {
    expect(overlapMs(windows, from, to)).toBe(overlap);
    expect(touchesWindow(windows, from, to)).toBe(touches);
  });

  it('find what looking at every window finds', () => {
    const spans = fc
      .tuple(fc.nat(2000), fc.nat(300))
      .map(([startMs, lengthMs]) => ({ startMs, endMs: startMs + lengthMs }));
    fc.assert(
      fc.property(fc.array(spans, { maxLength: 20 }), spans, (stalls, { startMs, endMs }) => {
        const found = stallWindows(stalls, 500);
        expect(overlapMs(found, startMs, endMs)).toBe(overlap(found, startMs, endMs));
        expect(touchesWindow(found, startMs, endMs)).toBe(touches(found, startMs, endMs));
      }),
    );
  });
});
