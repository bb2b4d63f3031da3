import { STORED_OVERHEAD_BYTES } from '@spillway/shared';
import fc from 'fast-check';
import { canonicalJson, hashContent } from './content-hash.ts';

const entry = { id: '12', title: 'kkkg', year: 2023 };

describe('canonicalJson', () => {
  it('sorts names at every level and keeps the order of lists', () => {
    expect(canonicalJson({ b: [2, 1, { d: null, c: 'x' }], a: true })).toBe(
      '{"a":true,"b":[2,1,{"c":"x","d":null}]}',
    );
  });

  it('is JSON of the same value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        expect(JSON.parse(canonicalJson(value as never))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

describe('hashContent', () => {
  it('takes, with its name, exactly the bytes that the contract sets aside', () => {
    expect('contentHash'.length + hashContent(entry).length).toBe(STORED_OVERHEAD_BYTES);
  });

  it('stays what it was for items already stored', () => {
    expect(hashContent({ ...entry, attributes: { b: [1.5, null], a: 'é' } })).toBe(
      // sha256 of {"attributes":{"a":"é","b":[1.5,null]},"id":"12","title":"kkkg","year":2023}
      '-9KoHviCYY7ZZ-kXPrWiX2F8_luGoFW0zJ3QSYKWjWU',
    );
  });

  it('does not depend on the order of names', () => {
    const a = hashContent({ ...entry, attributes: { x: 1, y: { p: 1, q: 2 } } });
    const b = hashContent({ attributes: { y: { q: 2, p: 1 }, x: 1 }, year: 2023, title: 'kkkg', id: '12' });
    expect(a).toBe(b);
  });

  it.each([
    ['title', { ...entry, title: 'other' }],
    ['year', { ...entry, year: 2024 }],
    ['attributes', { ...entry, attributes: {} }],
    ['order of a list', { ...entry, attributes: { a: [2, 1] } }],
    ['type', { ...entry, attributes: { a: ['1', 2] } }],
  ])('depends on %s', (_name, other) => {
    const others = [entry, { ...entry, attributes: { a: [1, 2] } }].map(hashContent);
    expect(others).not.toContain(hashContent(other));
  });

  it('takes 0 and -0 for the same number, as the table does', () => {
    expect(hashContent({ ...entry, attributes: { a: -0 } })).toBe(
      hashContent({ ...entry, attributes: { a: 0 } }),
    );
  });
});
