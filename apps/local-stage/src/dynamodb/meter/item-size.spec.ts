import { itemBytes, valueBytes } from './item-size.ts';

describe('valueBytes', () => {
  it.each([
    ['text counts its UTF-8 bytes', { S: 'é😀' }, 6],
    ['empty text counts nothing', { S: '' }, 0],
    ['zero has no significant digit', { N: '0' }, 1],
    ['two digits share a byte', { N: '12' }, 2],
    ['a third digit begins another', { N: '-123' }, 3],
    ['leading and trailing zeros are trimmed', { N: '0012000' }, 2],
    ['so are those around the point', { N: '0.00120' }, 2],
    ['an exponent is no digit', { N: '1.5E-100' }, 2],
    ['38 digits are the most', { N: '1'.repeat(38) }, 20],
    ['binary counts its raw bytes', { B: Buffer.from('12345').toString('base64') }, 5],
    ['true', { BOOL: true }, 1],
    ['null', { NULL: true }, 1],
    ['a set counts its elements', { SS: ['a', 'bc'] }, 3],
    ['so does one of numbers', { NS: ['1', '123'] }, 5],
    ['and one of binaries', { BS: ['AAAA', 'AA=='] }, 4],
    ['an empty list', { L: [] }, 3],
    ['an empty map', { M: {} }, 3],
    ['each element of a list costs a byte', { L: [{ S: 'a' }, { BOOL: true }] }, 3 + 2 + 2],
    ['each of a map too, and its name', { M: { ab: { S: 'c' } } }, 3 + 2 + 1 + 1],
    ['inside each other', { L: [{ M: { a: { L: [] } } }] }, 3 + 1 + (3 + 1 + 1 + 3)],
    ['no attribute value', 7, 0],
    ['an unknown type', { X: 'a' }, 0],
    ['a content of the wrong type', { S: 5 }, 0],
  ])('%s', (_why, value, bytes) => {
    expect(valueBytes(value)).toBe(bytes);
  });
});

describe('itemBytes', () => {
  it('counts names and values', () => {
    expect(itemBytes({ id: { S: '12' }, größe: { N: '7' } })).toBe(2 + 2 + 7 + 2);
  });

  it('takes no item for nothing', () => {
    expect(itemBytes(undefined)).toBe(0);
  });
});
