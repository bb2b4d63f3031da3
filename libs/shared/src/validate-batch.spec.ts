import fc from 'fast-check';
import { MAX_BATCH_BYTES, MAX_BATCH_ENTRIES } from './batch.ts';
import { MAX_PATH_LENGTH } from './json-path.ts';
import { MAX_ISSUES } from './json-rules.ts';
import { parseBatchText } from './validate-batch.ts';
import { parseEntryText, type ParsedEntry } from './validate.ts';

const valid = '{"id":"12","title":"kkkg","year":"2023"}';
const batchOf = (...texts: readonly string[]) => `{"entries":[${texts.join()}]}`;

/** What `parseEntryText` says, with the paths of a batch. */
function placed(parsed: ParsedEntry, index: number): ParsedEntry {
  if (parsed.ok) return parsed;
  const issues = parsed.issues.map(({ path, message }) => ({
    path: path.replace('$', () => `$.entries[${index}]`),
    message,
  }));
  return { ...parsed, issues };
}

function entriesOf(text: string) {
  const parsed = parseBatchText(text);
  if (!parsed.ok) throw new Error('refused');
  return parsed.entries;
}

describe('parseBatchText', () => {
  it('parses every entry, in order', () => {
    const entry = { id: '12', title: 'kkkg', year: 2023 };
    expect(entriesOf(` { "entries" : [ ${valid} , 1, ${valid} ] } `)).toEqual([
      { ok: true, entry },
      {
        ok: false,
        reason: 'invalid',
        issues: [{ path: '$.entries[1]', message: expect.stringMatching(/^is 1; want a JSON object/) }],
        isCut: false,
      },
      { ok: true, entry },
    ]);
  });

  it.each<[string, string, string, RegExp]>([
    ['nothing', '', '$', /is empty/],
    ['no JSON', '{"entries":[', '$', /is not JSON/],
    ['a byte order mark', `\ufeff${batchOf(valid)}`, '$', /is not JSON/],
    ['an array', `[${valid}]`, '$', /is an array; want a JSON object with entries/],
    ['null', 'null', '$', /is null/],
    ['a single entry', valid, '$.entries', /is missing; want an array of 1 to 100 entries/],
    ['entries that are an object', '{"entries":{}}', '$.entries', /is an object; want an array/],
    ['entries that are null', '{"entries":null}', '$.entries', /is null; want an array/],
    ['no entries', '{"entries":[]}', '$.entries', /has 0 entries; want an array of 1 to 100/],
    ['an unknown field', `{"entries":[${valid}],"dry":true}`, '$.dry', /is not a field of a batch/],
    ['a reserved field', `{"entries":[${valid}],"__proto__":{}}`, '$.__proto__', /is not a field of a batch/],
    ['entries given twice', `{"entries":[1],"entries":[${valid}]}`, '$.entries', /is given more than once/],
    [
      'entries given twice, once with an escape',
      `{"entries":[${valid}],"\\u0065ntries":[${valid}]}`,
      '$.entries',
      /is given more than once/,
    ],
    ['entries given first as a number', `{"entries":1,"entries":[${valid}]}`, '$.entries', /more than once/],
  ])('refuses %s', (_name, text, path, message) => {
    const parsed = parseBatchText(text);
    expect(parsed).toMatchObject({ ok: false, reason: 'invalid', isCut: false });
    expect(parsed.ok ? [] : parsed.issues).toContainEqual({ path, message: expect.stringMatching(message) });
  });

  it('takes 100 entries and refuses 101', () => {
    const many = (count: number) => parseBatchText(batchOf(...Array.from({ length: count }, () => valid)));
    expect(many(MAX_BATCH_ENTRIES)).toMatchObject({ ok: true });
    expect(many(MAX_BATCH_ENTRIES + 1)).toMatchObject({
      ok: false,
      reason: 'invalid',
      issues: [{ path: '$.entries', message: 'has 101 entries; want an array of 1 to 100 entries' }],
    });
  });

  it.each([
    ['ASCII', 'x'],
    ['two bytes a character', 'é'],
    ['three bytes a character', '€'],
    ['four bytes a character', '😀'],
  ])('takes a text of 5 MB and refuses a byte more as too large: %s', (_name, character) => {
    const frame = '{"entries":["",""]}';
    const room = MAX_BATCH_BYTES - frame.length;
    const width = Buffer.byteLength(character);
    const full = (more: string) =>
      `{"entries":["${character.repeat(Math.floor(room / width))}","${'x'.repeat(room % width)}${more}"]}`;
    expect(parseBatchText(full(''))).toMatchObject({ ok: true });
    expect(parseBatchText(full('x'))).toEqual({
      ok: false,
      reason: 'too-large',
      issues: [{ path: '$', message: 'has 5242881 bytes; at most 5242880' }],
      isCut: false,
    });
  });

  it('cuts a list of unknown fields', () => {
    const fields = Array.from({ length: 30 }, (_, i) => `"x${i}":1`).join();
    const parsed = parseBatchText(`{"entries":[${valid}],${fields}}`);
    expect(parsed).toMatchObject({ ok: false, isCut: true });
    expect(parsed.ok ? 0 : parsed.issues.length).toBe(MAX_ISSUES);
  });

  it('finds what JSON.parse loses in every entry, however much is wrong elsewhere', () => {
    const full = `{"id":"1","title":"t","year":1,"attributes":{"a":[${Array.from({ length: 50 }, () => '1e400').join()}]}}`;
    const entries = entriesOf(
      batchOf(
        full,
        '{"id":"1","id":"2","title":"t","year":1}',
        full,
        '{"id":"1","title":"t","year":1,"attributes":{"b":{"c":1,"c":2}}}',
        '{"id":"1","title":"t","year":1,"attributes":{"d":[0,1e-400]}}',
      ),
    );
    expect(
      entries.map((parsed) => (parsed.ok ? [] : [parsed.issues.length, parsed.issues[0]?.path])),
    ).toEqual([
      [20, '$.entries[0].attributes.a[0]'],
      [1, '$.entries[1].id'],
      [20, '$.entries[2].attributes.a[0]'],
      [1, '$.entries[3].attributes.b.c'],
      [1, '$.entries[4].attributes.d[1]'],
    ]);
  });

  it('shows at most 512 characters of a path, the place of the entry included', () => {
    const deep = (length: number) => {
      let value: unknown = null;
      for (let level = 0; level < 29; level++) value = { ['x'.repeat(level === 0 ? length : 16)]: value };
      return JSON.stringify({ id: '1', title: 't', year: 1, attributes: { x: [value, -1e300] } }).replace(
        'null',
        '1e400',
      );
    };
    const pathOf = (length: number) => {
      const [parsed] = entriesOf(batchOf(deep(length)));
      return parsed?.ok === false ? (parsed.issues[0]?.path ?? '') : '';
    };
    const room = MAX_PATH_LENGTH - pathOf(1).length;
    expect(pathOf(1 + room)).toHaveLength(MAX_PATH_LENGTH);
    expect(pathOf(1 + room)).toMatch(/x$/);
    expect(pathOf(2 + room)).toHaveLength(MAX_PATH_LENGTH);
    expect(pathOf(2 + room)).toMatch(/x…$/);
  });

  it('says of each entry what parseEntryText says of its text', () => {
    // Valid entries, then ones that are nearly valid, repeated names and lost digits among them.
    const value = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.constantFrom('1e400', '0.12345678901234567890', '"\\ud800"', '"]},{["', '-0', '{"a":1,"a":2}'),
    );
    const field = fc.tuple(
      fc.constantFrom(
        'id',
        'title',
        'year',
        'attributes',
        'extra',
        '__proto__',
        '\\u0069d',
        '\\\\',
        '\\"',
        '',
      ),
      value,
    );
    const fields = fc.array(field, { maxLength: 5 });
    const object = (pairs: readonly (readonly [string, string])[]) =>
      `{${pairs.map(([name, inner]) => `"${name}": ${inner}`).join()}}`;
    // As written in the text: escaped, looking like an escape, empty, in the way of an index.
    const names = ['a', 'b', 'c', '\\\\', '\\"', '\\n', '\\u0061', '\\\\u0061', '', '0', '\\u0030', '-1'];
    const attributes = fc.array(fc.tuple(fc.constantFrom(...names), value), { maxLength: 4 });
    const entryText = fc.oneof(
      fc.constant(valid),
      attributes.map((pairs) => `{"id":"1","title":"","year":1,"attributes":${object(pairs)}}`),
      fields.map(object),
      value,
    );
    const space = fc.constantFrom('', ' ', '\n\t', '\r');
    let accepted = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(entryText, { minLength: 1, maxLength: 8 }), space, (texts, gap) => {
        const text = `{"entries"${gap}:[${texts.map((one) => `${gap}${one}${gap}`).join()}]${gap}}`;
        const entries = entriesOf(text);
        expect(entries).toEqual(texts.map((one, index) => placed(parseEntryText(one), index)));
        for (const { ok } of entries) void (ok ? accepted++ : refused++);
      }),
      { numRuns: 500 },
    );
    expect(Math.min(accepted, refused)).toBeGreaterThan(100);
  });

  it('answers any text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.json().map((json) => `{"entries":${json}}`),
      fc.json().map((json) => `{"entries":[${json}],"entries":[${json}]}`),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(typeof parseBatchText(text).ok).toBe('boolean');
      }),
    );
  });

  it.each([
    ['open brackets', '['.repeat(MAX_BATCH_BYTES)],
    ['millions of entries', batchOf(`${'1,'.repeat(2_600_000)}1`)],
    ['millions of entries, hidden', `{"entries":[${'1,'.repeat(2_600_000)}1],"entries":[1]}`],
    ['hundreds of thousands of fields', `{${Array.from({ length: 400_000 }, (_, i) => `"${i}":1`).join()}}`],
    ['spaces', ' '.repeat(MAX_BATCH_BYTES)],
  ])('refuses 5 MB of %s in time that grows with their length', (_name, text) => {
    expect(parseBatchText(text)).toMatchObject({ ok: false, reason: 'invalid' });
  });

  it.each([
    ['nested arrays', `${'['.repeat(25_000)}${']'.repeat(25_000)}`],
    ['nested arrays that a repeated name hides', `{"a":${'['.repeat(25_000)}${']'.repeat(25_000)},"a":1}`],
    [
      'nested objects that a repeated name hides',
      `{"a":${'{"b":'.repeat(8_000)}1${'}'.repeat(8_000)},"a":1}`,
    ],
    ['backslashes and a lost digit', `["${'\\\\'.repeat(25_000)}",1e400]`],
    ['a number with more digits than count', `1${'0'.repeat(50_000)}1`],
    ['one name over and over', `{${'"a":1,'.repeat(8_000)}"a":1}`],
    ['names nobody asked for', `{"b":{${Array.from({ length: 4_000 }, (_, i) => `"${i}":1e400`).join()}}}`],
  ])('refuses 100 entries of 50 kB of %s in time that grows with their length', (_name, inner) => {
    const entry = `{"id":"1","title":"t","year":1,"attributes":{"v":${inner}}}`;
    const entries = entriesOf(batchOf(...Array.from({ length: MAX_BATCH_ENTRIES }, () => entry)));
    expect(entries.every((parsed) => !parsed.ok && parsed.reason === 'invalid')).toBe(true);
  });
});
