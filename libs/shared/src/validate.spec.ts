import fc from 'fast-check';
import { MAX_ITEM_BYTES, storedItemBytes } from './entry-size.ts';
import { MAX_DEPTH, MAX_ISSUES } from './json-rules.ts';
import { parseEntry, parseEntryText } from './validate.ts';

const valid = { id: '12', title: 'kkkg', year: 2023 };
const withAttributes = (attributes: unknown) => ({ ...valid, attributes });
const nest = (levels: number, wrap: (inner: unknown) => unknown) =>
  Array.from({ length: levels }).reduce<unknown>(wrap, 1);

function issuesOf(parsed: ReturnType<typeof parseEntry>) {
  if (parsed.ok) throw new Error('accepted');
  return parsed.issues;
}

describe('parseEntry', () => {
  it('takes year as text or number, and stores a number', () => {
    expect(parseEntry({ ...valid, year: '2023' })).toEqual({ ok: true, entry: valid });
    expect(parseEntry(valid)).toEqual({ ok: true, entry: valid });
  });

  it.each<[string, unknown]>([
    ['the first year', { ...valid, year: 0 }],
    ['the first year as text', { ...valid, year: '0' }],
    ['the last year', { ...valid, year: 9_999 }],
    ['a year with leading zeros', { ...valid, year: '0900' }],
    ['an empty title', { ...valid, title: '' }],
    ['an id of 2,048 bytes', { ...valid, id: 'é'.repeat(1_024) }],
    ['an id of one byte', { ...valid, id: 'x' }],
    ['empty attributes', withAttributes({})],
    [
      'attributes named like the methods of an object',
      withAttributes({ toString: 1, valueOf: 'x', toJSON: [] }),
    ],
    ['the largest exact integer', withAttributes({ n: Number.MAX_SAFE_INTEGER })],
    ['the smallest magnitude', withAttributes({ n: -1e-130 })],
    ['an attribute name of 65,535 bytes', withAttributes({ ['x'.repeat(65_535)]: 1 })],
    ['32 levels of objects', withAttributes(nest(MAX_DEPTH - 1, (a) => ({ a })))],
    ['32 levels with arrays', withAttributes({ a: nest(MAX_DEPTH - 2, (a) => [a]) })],
    ['an object without prototype', withAttributes(Object.assign(Object.create(null), { a: 1 }))],
  ])('accepts %s', (_name, value) => {
    expect(parseEntry(value)).toMatchObject({ ok: true });
  });

  it.each<[string, unknown, string, RegExp]>([
    ['an array', [], '$', /is an array; want a JSON object/],
    ['null', null, '$', /is null/],
    ['a missing id', { title: 't', year: 1 }, '$.id', /is missing; want a string/],
    ['an id that is no text', { ...valid, id: 12 }, '$.id', /is 12; want a string/],
    ['an empty id', { ...valid, id: '' }, '$.id', /has 0 bytes/],
    ['an id of 2,049 bytes', { ...valid, id: `${'é'.repeat(1_024)}x` }, '$.id', /has 2049 bytes/],
    ['half a surrogate pair in the id', { ...valid, id: 'a\ud800' }, '$.id', /surrogate/],
    ['half a surrogate pair in the title', { ...valid, title: '\udc00' }, '$.title', /surrogate/],
    ['a title that is null', { ...valid, title: null }, '$.title', /is null; want a string/],
    [
      'a year before the first',
      { ...valid, year: -1 },
      '$.year',
      /is -1; want a whole number from 0 to 9999/,
    ],
    ['a year after the last', { ...valid, year: 10_000 }, '$.year', /whole number/],
    ['a year after the last as text', { ...valid, year: '10000' }, '$.year', /whole number/],
    ['a year with a fraction', { ...valid, year: 2023.5 }, '$.year', /whole number/],
    ['a year that is no number', { ...valid, year: 'NaN' }, '$.year', /is "NaN"/],
    ['NaN as year', { ...valid, year: NaN }, '$.year', /is NaN/],
    ['an empty year', { ...valid, year: '' }, '$.year', /is ""/],
    ['a year with a space', { ...valid, year: ' 2023' }, '$.year', /is " 2023"/],
    ['a boolean year', { ...valid, year: true }, '$.year', /is true/],
    ['an unknown field', { ...valid, extra: 1 }, '$.extra', /not a field of an entry/],
    ['attributes that are an array', withAttributes([]), '$.attributes', /is an array/],
    ['attributes that are null', withAttributes(null), '$.attributes', /is null/],
    ['attributes that are undefined', withAttributes(undefined), '$.attributes', /is missing/],
    ['a Date as attributes', withAttributes(new Date(0)), '$.attributes', /want a JSON object/],
    ['NaN', withAttributes({ a: [1, NaN] }), '$.attributes.a[1]', /stored exactly/],
    ['Infinity', withAttributes({ a: -Infinity }), '$.attributes.a', /stored exactly/],
    ['an unsafe integer', withAttributes({ a: 2 ** 53 }), '$.attributes.a', /beyond ±9007199254740991/],
    ['a magnitude below 1e-130', withAttributes({ a: 9e-131 }), '$.attributes.a', /closer to 0/],
    ['an empty name', withAttributes({ a: { '': 1 } }), '$.attributes.a[""]', /empty name/],
    [
      'a name of 65,536 bytes',
      withAttributes({ ['x'.repeat(65_536)]: 1 }),
      `$.attributes["${'x'.repeat(64)}…"]`,
      /65536 bytes/,
    ],
    ['half a pair in a name', withAttributes({ '\ud800': 1 }), '$.attributes["\\ud800"]', /surrogate/],
    ['half a pair in a text', withAttributes({ a: ['x\ud800'] }), '$.attributes.a[0]', /surrogate/],
    [
      '33 levels',
      withAttributes(nest(MAX_DEPTH, (a) => ({ a }))),
      `$.attributes${'.a'.repeat(MAX_DEPTH - 1)}`,
      /too deep/,
    ],
    ['undefined', withAttributes({ a: undefined }), '$.attributes.a', /is not JSON; found nothing/],
    ['a function', withAttributes({ a: () => 1 }), '$.attributes.a', /is not JSON; found a function/],
    ['a Map', withAttributes({ a: new Map() }), '$.attributes.a', /is not JSON/],
  ])('refuses %s', (_name, value, path, message) => {
    const parsed = parseEntry(value);
    expect(parsed).toMatchObject({ ok: false, reason: 'invalid' });
    expect(issuesOf(parsed).find((issue) => issue.path === path)?.message).toMatch(message);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('refuses the name %s at any depth', (name) => {
    const inside = JSON.parse(`{"id":"1","title":"t","year":1,"attributes":{"a":[{"${name}":{"x":1}}]}}`);
    const outside = JSON.parse(`{"id":"1","title":"t","year":1,"${name}":{"x":1}}`);
    expect(issuesOf(parseEntry(inside))).toEqual([
      { path: `$.attributes.a[0].${name}`, message: 'has a reserved name; rename it' },
    ]);
    expect(issuesOf(parseEntry(outside))).toEqual([
      { path: `$.${name}`, message: 'has a reserved name; rename it' },
    ]);
  });

  it('lists every issue with its path, and no more than it promises', () => {
    expect(issuesOf(parseEntry({ id: '', year: 'x', extra: 1 })).map(({ path }) => path)).toEqual([
      '$.id',
      '$.title',
      '$.year',
      '$.extra',
    ]);
    const bad = (count: number) => withAttributes({ a: Array.from({ length: count }, () => NaN) });
    expect(parseEntry(bad(MAX_ISSUES))).toMatchObject({ isCut: false });
    expect(parseEntry(bad(MAX_ISSUES + 1))).toMatchObject({ isCut: true });
    expect(issuesOf(parseEntry(bad(100_000)))).toHaveLength(MAX_ISSUES);
  });

  it.each([
    ['ASCII', 'x'],
    ['three bytes a character', '€'],
  ])('accepts the last byte of an item and refuses the next as too large: %s', (_name, character) => {
    const overhead = storedItemBytes({ ...valid, attributes: { a: '' } });
    const room = MAX_ITEM_BYTES - overhead;
    const width = Buffer.byteLength(character);
    const full = character.repeat(Math.floor(room / width)) + 'x'.repeat(room % width);
    expect(parseEntry(withAttributes({ a: full }))).toMatchObject({ ok: true });
    expect(parseEntry(withAttributes({ a: `${full}x` }))).toEqual({
      ok: false,
      reason: 'too-large',
      issues: [{ path: '$', message: 'takes 409601 bytes when stored; at most 409600' }],
      isCut: false,
    });
  });

  it('calls an entry that is both invalid and too large invalid', () => {
    const parsed = parseEntry({ ...valid, id: '', attributes: { a: 'x'.repeat(MAX_ITEM_BYTES) } });
    expect(parsed).toMatchObject({ reason: 'invalid' });
  });

  it('survives cycles and shared structure that would unfold without end', () => {
    const cycle: Record<string, unknown> = {};
    cycle['a'] = cycle;
    cycle['b'] = cycle;
    expect(parseEntry(withAttributes(cycle))).toMatchObject({ reason: 'invalid' });
    expect(parseEntry(withAttributes(nest(30, (a) => ({ a, b: a }))))).toMatchObject({ reason: 'too-large' });
  });

  it('refuses what throws when it is read, wherever that is', () => {
    const boom = {
      get: () => {
        throw Object.create(null);
      },
      enumerable: true,
    };
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    // Functions, since the library reads what it hands over.
    const name = fc.stringMatching(/^x[a-z]*$/);
    const inField = fc.constantFrom('id', 'title', 'year', 'attributes').map((field) => () => {
      return Object.defineProperty({ ...valid }, field, boom);
    });
    const inAttributes = fc.tuple(fc.dictionary(name, fc.nat()), name).map(
      ([attributes, at]) =>
        () =>
          withAttributes({ deep: [Object.defineProperty({ ...attributes }, at, boom)] }),
    );
    const revoked = fc.constantFrom(
      () => proxy,
      () => withAttributes(proxy),
      () => withAttributes({ list: [proxy] }),
    );
    fc.assert(
      fc.property(fc.oneof(inField, inAttributes, revoked), (make) => {
        const issues = [{ path: '$', message: 'throws when it is read; want plain data' }];
        expect(parseEntry(make())).toEqual({ ok: false, reason: 'invalid', issues, isCut: false });
      }),
    );
  });

  it('answers any value, with messages for humans, and accepts only what stays the same', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.string(), title: fc.string(), year: fc.nat(), attributes: fc.anything() }),
      fc.record({
        id: fc.string({ minLength: 1 }),
        title: fc.string(),
        year: fc.nat(9_999),
        attributes: fc.dictionary(fc.string(), fc.jsonValue()),
      }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const parsed = parseEntry(value);
        if (parsed.ok) {
          const { year } = value as { year: number | string };
          expect(parsed.entry).toEqual({ ...(value as object), year: Math.abs(Number(year)) });
          return;
        }
        expect(parsed.issues.length).toBeGreaterThan(0);
        for (const { path, message } of parsed.issues) {
          expect(path).toMatch(/^\$/);
          expect(message).toMatch(/^(is|has|holds|can't|takes) /);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('parseEntryText', () => {
  it('accepts the JSON of an entry', () => {
    expect(parseEntryText('{"year":"2023","title":"kkkg","id":"12"}')).toEqual({ ok: true, entry: valid });
  });

  it.each([
    ['nothing', '', /is empty/],
    ['white space', ' \n', /is empty/],
    ['no JSON', '{"id":', /is not JSON: /],
    ['a form', 'id=12&title=kkkg', /is not JSON: /],
  ])('refuses %s', (_name, text, message) => {
    expect(issuesOf(parseEntryText(text))).toEqual([{ path: '$', message: expect.stringMatching(message) }]);
  });

  it.each([
    ['a repeated name', '{"id":"1","id":"2","title":"t","year":1}', '$.id'],
    [
      'digits that would be lost',
      '{"id":"1","title":"t","year":1,"attributes":{"a":1e-400}}',
      '$.attributes.a',
    ],
  ])('refuses %s', (_name, text, path) => {
    expect(issuesOf(parseEntryText(text)).map((issue) => issue.path)).toEqual([path]);
  });

  it.each([
    ['open brackets', '['.repeat(1_000_000)],
    ['balanced objects', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
    [
      'attributes',
      `{"id":"1","title":"t","year":1,"attributes":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`,
    ],
  ])('refuses bottomless %s without overflowing the stack', (_name, text) => {
    expect(parseEntryText(text)).toMatchObject({ ok: false, reason: 'invalid' });
  });

  it('reads an escaped name as itself after a text with another in its place', () => {
    const textOf = (attributes: string) => `{"id":"1","title":"t","year":1,"attributes":${attributes}}`;
    const texts = ['{"name":"x","\\"":2}', '{"name":[],"\\\\":0}', '{"name":"x","\\"":2}'].map(textOf);
    expect(texts.map(parseEntryText)).toEqual(
      [
        { name: 'x', '"': 2 },
        { name: [], '\\': 0 },
        { name: 'x', '"': 2 },
      ].map((attributes) => ({
        ok: true,
        entry: { id: '1', title: 't', year: 1, attributes },
      })),
    );
  });

  it('answers any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        expect(typeof parseEntryText(text).ok).toBe('boolean');
      }),
    );
  });
});
