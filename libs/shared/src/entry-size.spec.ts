import fc from 'fast-check';
import type { Entry, JsonValue } from './entry.ts';
import { numberBytes, STORED_OVERHEAD_BYTES, storedItemBytes, utf8Bytes, valueBytes } from './entry-size.ts';

describe('utf8Bytes', () => {
  it.each([
    ['nothing', '', 0],
    ['ASCII', 'abc', 3],
    ['two bytes', 'é', 2],
    ['three bytes', '€', 3],
    ['a surrogate pair', '😀', 4],
  ])('counts %s', (_name, text, bytes) => {
    expect(utf8Bytes(text)).toBe(bytes);
  });

  it('agrees with the platform for texts on both sides of its switch to the native encoder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });
});

describe('numberBytes', () => {
  it.each([
    ['zero', 0, 1],
    ['negative zero', -0, 1],
    ['one digit', 7, 2],
    ['two digits in one pair', 12, 2],
    ['two digits on both sides of the point', 1.2, 3],
    ['a sign', -12, 3],
    ['trailing zeros', 1_200, 2],
    ['three digits', 123, 3],
    ['the largest safe integer', Number.MAX_SAFE_INTEGER, 9],
    ['a small fraction', 1e-130, 2],
  ])('counts %s', (_name, value, bytes) => {
    expect(numberBytes(value)).toBe(bytes);
  });

  it('stays within what the table documents: a byte for two digits, one more, and 21 in all', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const digits = value.toExponential().replace(/e.*$/, '').replace(/\D/g, '').length;
        expect(numberBytes(value)).toBeGreaterThanOrEqual(value === 0 ? 1 : Math.ceil(digits / 2) + 1);
        expect(numberBytes(value)).toBeLessThanOrEqual(21);
      }),
    );
  });
});

describe('valueBytes', () => {
  it.each<[string, JsonValue, number]>([
    ['null', null, 1],
    ['a boolean', false, 1],
    ['an empty list', [], 3],
    ['a list: three, and one for each element', [true, 'ab'], 3 + (1 + 1) + (1 + 2)],
    ['an empty map', {}, 3],
    ['a map: three, and name and one for each element', { é: 1 }, 3 + (1 + 2 + 2)],
    ['nesting', { a: [{}] }, 3 + (1 + 1 + (3 + (1 + 3)))],
  ])('counts %s', (_name, value, bytes) => {
    expect(valueBytes(value)).toBe(bytes);
  });
});

describe('storedItemBytes', () => {
  const entry: Entry = { id: '12', title: 'kkkg', year: 2023 };

  it('adds names, values and what the service stores of its own', () => {
    expect(storedItemBytes(entry)).toBe(2 + 2 + 5 + 4 + 4 + 3 + STORED_OVERHEAD_BYTES);
  });

  it('counts attributes only where there are some', () => {
    expect(storedItemBytes({ ...entry, attributes: {} })).toBe(storedItemBytes(entry) + 10 + 3);
  });
});
