import fc from 'fast-check';
import { formatJsonPath } from './json-path.ts';
import { MAX_DEPTH } from './json-rules.ts';
import { findTextIssues, isHeldExactly } from './json-text.ts';

const paths = (text: string) => findTextIssues(text).map(({ path }) => formatJsonPath(path));

describe('isHeldExactly', () => {
  it.each([
    ['0', true],
    ['-0', true],
    ['0.1', true],
    ['1.50e1', true],
    ['1E+2', true],
    ['0e9', true],
    ['123456789.123456', true],
    ['0.30000000000000004', true],
    ['0.30000000000000001', false],
    ['9007199254740991', true],
    ['9007199254740993', false],
    ['9007199254740993.5', false],
    ['1e-400', false],
    ['1e400', false],
    ['-1.00000000000000000001', false],
    ['1.00000000000000000000', true],
  ])('%s: %s', (literal, isExact) => {
    expect(isHeldExactly(literal)).toBe(isExact);
  });

  it('accepts every number that JavaScript itself printed', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(isHeldExactly(JSON.stringify(value))).toBe(true);
      }),
    );
  });

  it('is linear in the length of a literal', () => {
    // A quadratic scan of 400,000 zeros would outlast any test.
    expect(isHeldExactly(`1${'0'.repeat(400_000)}1`)).toBe(false);
  });
});

describe('findTextIssues', () => {
  it('finds nothing in what JSON.stringify printed', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        expect(findTextIssues(JSON.stringify(value, null, indent))).toEqual([]);
      }),
    );
  });

  it.each([
    ['at the top', '{"id":1,"id":2}', ['$.id']],
    ['written with an escape', '{"id":1,"\\u0069d":2}', ['$.id']],
    ['deep inside', '[{"a":[1,{"b":1,"c":{},"b":2}]}]', ['$[0].a[1].b']],
    ['three times', '{"a":1,"a":2,"a":3}', ['$.a', '$.a']],
  ])('finds a name repeated %s', (_name, text, found) => {
    expect(paths(text)).toEqual(found);
  });

  it.each([
    ['in sibling objects', '[{"a":1},{"a":2}]'],
    ['in parent and child', '{"a":{"a":1}}'],
    ['as a value', '{"a":"b","b":"a"}'],
    ['inside a text', '{"a":"{\\"a\\":1,\\"a\\":2}","b":"\\\\"}'],
  ])('lets a name be repeated %s', (_name, text) => {
    expect(paths(text)).toEqual([]);
  });

  it('finds a number that would change, where it is', () => {
    expect(paths('{"a":[0.5,1e-400],"b":{"c":0.12345678901234567890}}')).toEqual(['$.a[1]', '$.b.c']);
  });

  it('stops at the 33rd level, which only a repeated name can hide', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)},"a":1,"a":2}`;
    expect(paths(nested(MAX_DEPTH))).toEqual(['$.a', '$.a']);
    expect(findTextIssues(nested(MAX_DEPTH + 1))).toEqual([
      {
        path: ['a', ...Array.from({ length: MAX_DEPTH - 1 }, () => 0)],
        message: expect.stringMatching(/too deep/),
      },
    ]);
  });

  it('ignores digits inside texts', () => {
    expect(paths('{"a":"1e-400","1e-400":1}')).toEqual([]);
  });
});
