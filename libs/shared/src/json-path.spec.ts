import { describeValue, formatJsonPath } from './json-path.ts';

describe('formatJsonPath', () => {
  it.each<[string, PropertyKey[], string]>([
    ['the whole', [], '$'],
    ['names and positions', ['attributes', 'a', 3], '$.attributes.a[3]'],
    ['a name that looks like a position', ['3'], '$["3"]'],
    ['a name with a dot', ['a.b'], '$["a.b"]'],
    ['quotes and line breaks', ['"\n'], '$["\\"\\n"]'],
    ['an empty name', [''], '$[""]'],
    ['half a surrogate pair', ['\ud800'], '$["\\ud800"]'],
    ['a long name, cut', ['x'.repeat(65)], `$["${'x'.repeat(64)}…"]`],
  ])('shows %s', (_name, segments, path) => {
    expect(formatJsonPath(segments)).toBe(path);
  });

  it('shows at most 512 characters', () => {
    const path = Array.from({ length: 64 }, () => 'x'.repeat(7));
    expect(formatJsonPath(path.slice(0, 63).concat('x'.repeat(6)))).toHaveLength(512);
    expect(formatJsonPath(path)).toBe(`$${'.xxxxxxx'.repeat(63)}.xxxxx…`);
    expect(formatJsonPath(path)).toHaveLength(512);
  });
});

describe('describeValue', () => {
  it.each<[unknown, string]>([
    [null, 'null'],
    [NaN, 'NaN'],
    ['x'.repeat(41), `"${'x'.repeat(40)}…"`],
    [undefined, 'nothing'],
    [[1], 'an array'],
    [{ a: 1 }, 'an object'],
    [() => 1, 'a function'],
    [10n, 'a bigint'],
  ])('describes %p', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });
});
