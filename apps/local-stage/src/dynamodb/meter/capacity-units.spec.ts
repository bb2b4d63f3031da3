import { readUnits, writeUnits } from './capacity-units.ts';

describe('writeUnits', () => {
  it.each([
    ['nothing there', 0, 1],
    ['a byte', 1, 1],
    ['the last byte of the first KB', 1024, 1],
    ['the first byte of the second', 1025, 2],
    ['the largest item', 400 * 1024, 400],
  ])('%s: %i B', (_why, bytes, units) => {
    expect(writeUnits(bytes)).toBe(units);
    expect(writeUnits(bytes, true)).toBe(2 * units);
  });
});

describe('readUnits', () => {
  it.each([
    ['an item that is not there', 0, 1],
    ['the last byte of the first 4 KB', 4096, 1],
    ['the first byte of the second', 4097, 2],
    ['the largest item', 400 * 1024, 100],
  ])('%s: %i B', (_why, bytes, units) => {
    expect(readUnits(bytes, 'strong')).toBe(units);
    expect(readUnits(bytes, 'eventual')).toBe(units / 2);
    expect(readUnits(bytes, 'transactional')).toBe(2 * units);
  });
});
