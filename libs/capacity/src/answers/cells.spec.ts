import fc from 'fast-check';
import { readCount, readDecimal, readName, skipEmpty, type Cursor } from './cells.ts';

const cursorAt = (text: string): Cursor => ({ bytes: new TextEncoder().encode(`${text},9\n`), at: 0 });

describe('readDecimal', () => {
  it.each(['0', '-0', '7', '0.001', '-12.5', '86400000.123', '1e-7', '1.5e+21', '0.1234567890123456789'])(
    'reads %s as Number does, and ends behind its comma',
    (text) => {
      const cursor = cursorAt(text);
      expect(readDecimal(cursor)).toBe(Number(text));
      expect(cursor.at).toBe(text.length + 1);
    },
  );

  it.each([
    ['999999999999999', 999999999999999],
    ['9007199254740993', 9007199254740992],
    ['0.30000000000000004', 0.30000000000000004],
  ])('rounds %s once, whether a double holds its digits or not', (text, value) => {
    expect(readDecimal(cursorAt(text))).toBe(value);
  });

  it('reads any number that is printed back to the bit', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    fc.assert(fc.property(finite, (value) => readDecimal(cursorAt(String(value))) === value));
  });

  it('reads times to the microsecond back to the bit', () => {
    const micros = fc.integer({ min: -1e9, max: 1e14 });
    fc.assert(
      fc.property(micros, (micro) => {
        const text = String(Math.round(micro) / 1000);
        return readDecimal(cursorAt(text)) === Number(text);
      }),
    );
  });

  it.each([
    '',
    '-',
    '.5',
    '5.',
    '1.2.3',
    '+1',
    ' 1',
    '1 ',
    '0x10',
    'NaN',
    'Infinity',
    '1e999',
    '1e',
    '1_0',
    '١',
  ])('refuses "%s"', (text) => expect(readDecimal(cursorAt(text))).toBeNaN());

  it('refuses a number that runs into the next line', () => {
    const bytes = new TextEncoder().encode('12\n34,5\n');
    expect(readDecimal({ bytes, at: 0 })).toBeNaN();
  });
});

describe('readCount', () => {
  it.each([
    ['0', 0],
    ['4294967295', 4294967295],
    ['4294967296', -1],
    ['00', -1],
    ['01', -1],
    ['-1', -1],
    ['1.0', -1],
    ['', -1],
  ])('of %s is %d', (text, value) => {
    expect(readCount(cursorAt(text))).toBe(value);
  });
});

describe('readName', () => {
  const names = ['fail', 'failed', 'timeout'].map((name) => new TextEncoder().encode(name));

  it.each([
    ['fail', 0],
    ['failed', 1],
    ['timeout', 2],
    ['faile', -1],
    ['failedx', -1],
    ['', -1],
  ])('knows %s by its whole: %d', (text, index) => {
    expect(readName(cursorAt(text), names)).toBe(index);
  });
});

describe('skipEmpty', () => {
  it('moves over nothing but an empty cell', () => {
    const [empty, full] = [cursorAt(''), cursorAt('x')];
    expect([skipEmpty(empty), skipEmpty(full)]).toEqual([true, false]);
    expect([empty.at, full.at]).toEqual([1, 0]);
  });
});
