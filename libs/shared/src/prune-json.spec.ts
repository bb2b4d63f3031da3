import { execFile } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { MAX_ITEM_BYTES } from './entry-size.ts';
import { MAX_DEPTH } from './json-rules.ts';
import { PRUNE_FROM_LENGTH, pruneJson } from './prune-json.ts';
import { parseBatchText } from './validate-batch.ts';
import { parseEntryText } from './validate.ts';

const entryPlace = { level: 1, maxEntries: 1 };
const batchPlace = { level: 3, maxEntries: 2 };
const nest = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

describe('pruneJson', () => {
  it.each([
    ['the first level that is refused', nest(MAX_DEPTH + 1)],
    ['brackets in texts', `["${'['.repeat(100)}\\"${'{'.repeat(100)}"]`],
    ['what is no JSON', ']]}}[1'],
  ])('leaves %s as it is', (_name, text) => {
    expect(pruneJson(text, entryPlace)).toBe(text);
  });

  it.each([
    ['what is deeper', `[${nest(MAX_DEPTH + 1)},1]`, `[${nest(MAX_DEPTH).replace('[]', '[0]')},1]`],
    [
      'deeper objects',
      `${'{"a":'.repeat(40)}"]}"${'}'.repeat(40)}`,
      `${'{"a":'.repeat(33)}0${'}'.repeat(33)}`,
    ],
    ['what does not end', '['.repeat(1_000), '['.repeat(MAX_DEPTH + 1)],
  ])('puts 0 for %s', (_name, text, pruned) => {
    expect(pruneJson(text, entryPlace)).toBe(pruned);
  });

  it('puts 0 for containers of entries beyond the last, and nothing else', () => {
    expect(pruneJson('{"entries":[{"a":{}},1,[[2]],"{",{"b":["]"]},{}],"x":{}}', batchPlace)).toBe(
      '{"entries":[{"a":{}},1,[[2]],"{",0,0],"x":{}}',
    );
  });

  it('counts containers by entry, up to one for each byte of an item', () => {
    const many = (count: number, value: string) => Array.from({ length: count }, () => value).join();
    const entry = (count: number) => `[${many(count, '{}')}]`;
    const text = `{"entries":[${entry(MAX_ITEM_BYTES)},${entry(MAX_ITEM_BYTES + 2)}]}`;
    expect(pruneJson(text, batchPlace) === text.replace(/\{\},\{\}\]\]\}$/, '0,0]]}')).toBe(true);
  });

  it('changes nothing of what is said of a batch', () => {
    // White space makes a text long enough to be pruned.
    const padding = ' '.repeat(PRUNE_FROM_LENGTH);
    const value = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.integer({ min: 25, max: 60 }).map(nest),
      fc.constantFrom('"[{"', '{"a":{},"a":1}', '1e400', `{"a":${nest(40)},"a":1}`),
    );
    const entry = fc.oneof(
      value.map((inner) => `{"id":"1","title":"","year":1,"attributes":{"a":${inner}}}`),
      value,
    );
    const entries = fc.oneof(
      fc.array(entry, { maxLength: 6 }),
      fc.integer({ min: 98, max: 103 }).map((count) => Array.from({ length: count }, () => '{}')),
    );
    const text = fc
      .tuple(entries, fc.constantFrom('', ',"x":{"a":[]}', ',"entries":[{}]'))
      .map(([all, more]) => `{"entries":[${all.join()}]${more}}`);
    fc.assert(
      fc.property(
        fc.oneof(
          text,
          fc.string().map((inner) => `[{${inner}`),
        ),
        (whole) => {
          const hasValue = whole.startsWith('{');
          const [long, short] = [parseBatchText(whole + padding), parseBatchText(whole)];
          if (hasValue) expect(long).toEqual(short);
          else expect(long.ok).toBe(short.ok);
        },
      ),
      { numRuns: 300 },
    );
  });

  it.each([
    [`${nest(40)}x`, /is not JSON/],
    [nest(40), /is an array/],
  ])('changes nothing of what is said of an entry', (text, message) => {
    const parsed = parseEntryText(text + ' '.repeat(PRUNE_FROM_LENGTH));
    expect(parsed.ok ? [] : parsed.issues.map((issue) => issue.message)).toEqual([
      expect.stringMatching(message),
    ]);
  });
});

/** Parses 5 MB in a process with as much heap as a function of 128 MB has; what it prints ends with the outcome. */
async function parseInSmallHeap(parser: 'parseEntryText' | 'parseBatchText', text: string): Promise<string> {
  const file = parser === 'parseEntryText' ? 'validate.ts' : 'validate-batch.ts';
  const url = pathToFileURL(path.join(__dirname, file)).href;
  const script = `
    import { ${parser} } from ${JSON.stringify(url)};
    const parsed = ${parser}(${text});
    console.log(parsed.ok ? parsed.entries[0].reason : parsed.reason);`;
  const options = ['--max-old-space-size=115', '--input-type=module', '-e', script];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return stdout.trim();
}

describe('the memory that 5 MB take', () => {
  const entry = (value: string) =>
    "'" + `{"id":"1","title":"t","year":1,"attributes":{"a":` + "'" + `+${value}+'}}'`;
  const objects = `'['+'{},'.repeat(1_740_000)+'1]'`;
  const brackets = `'['.repeat(2_600_000)+']'.repeat(2_600_000)`;

  it.each([
    ['brackets in an entry', 'parseEntryText', entry(brackets), 'invalid'],
    ['brackets in a batch', 'parseBatchText', `'{"entries":['+${brackets}+']}'`, 'invalid'],
    ['objects in an entry', 'parseEntryText', entry(objects), 'too-large'],
    ['objects instead of an entry', 'parseEntryText', objects, 'invalid'],
    [
      'objects in an entry of a batch',
      'parseBatchText',
      `'{"entries":['+${entry(objects)}+']}'`,
      'too-large',
    ],
    ['objects as entries', 'parseBatchText', `'{"entries":'+${objects}+'}'`, 'invalid'],
    [
      'entries that a repeated name hides',
      'parseBatchText',
      `'{"entries":'+${objects}+',"entries":[1]}'`,
      'invalid',
    ],
    ['names with an escape', 'parseEntryText', entry(`'['+'{"\\\\n":1},'.repeat(500_000)+'1]'`), 'too-large'],
  ] as const)(
    'fits into a small heap: %s',
    async (_name, parser, text, reason) => {
      expect(await parseInSmallHeap(parser, text)).toBe(reason);
    },
    60_000,
  );
});
