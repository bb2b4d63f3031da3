import * as fc from 'fast-check';
import { dueAtMs, dueBy } from './pace.ts';

describe('dueBy', () => {
  it.each([
    ['before the start', -1, 0],
    ['at the start', 0, 1],
    ['just before the second', 9.99, 1],
    ['at the second', 10, 2],
    ['long after the end', 60_000, 50],
  ])('counts what is due %s', (_when, elapsedMs, due) => {
    expect(dueBy(elapsedMs, 100, 500)).toBe(due);
  });

  it('is never fewer than before, and in the end the whole rate', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2_000 }),
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.double({ min: 0, max: 25_000, noNaN: true }), { minLength: 2 }),
        (ratePerSecond, seconds, instants) => {
          const counts = instants
            .toSorted((a, b) => a - b)
            .map((elapsedMs) => dueBy(elapsedMs, ratePerSecond, seconds * 1_000));
          expect(counts).toEqual(counts.toSorted((a, b) => a - b));
          expect(dueBy(seconds * 1_000, ratePerSecond, seconds * 1_000)).toBe(ratePerSecond * seconds);
        },
      ),
    );
  });
});

describe('dueAtMs', () => {
  it('is an instant at which the request is due, and not before', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 1, max: 2_000 }),
        (sequence, rate) => {
          const atMs = dueAtMs(sequence, rate);
          expect(dueBy(atMs, rate, 1e9)).toBe(sequence + 1);
          expect(dueBy(atMs - 0.01, rate, 1e9)).toBe(sequence);
        },
      ),
    );
  });
});
