import fc from 'fast-check';
import { readJson } from './read-json.ts';

/** Names that have to be written with an escape, that may be, that say what escapes look like, and odd ones. */
const name = fc.oneof(
  fc.constantFrom(
    '\\',
    '"',
    '\n',
    '\\u0061',
    '\\"',
    '',
    '0',
    '17',
    '-1',
    '__proto__',
    'toString',
    'a',
    'été',
  ),
  fc.string(),
);
type Tree = null | boolean | number | string | readonly Tree[] | ReadonlyMap<string, Tree>;
const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.constantFrom(null, true, false),
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.array(fc.tuple(name, tie('tree')), { maxLength: 4 }).map((members) => new Map(members)),
  ),
}));

/** The value that a tree stands for, made without reading a text. */
function valueOf(node: Tree): unknown {
  if (Array.isArray(node)) return node.map(valueOf);
  if (!(node instanceof Map)) return node;
  return Object.fromEntries([...node].map(([key, inner]) => [key, valueOf(inner)]));
}

/** Its text; `escape` says which characters are written as `\uXXXX`. */
function textOf(node: Tree, gap: string, escape: () => boolean): string {
  const string = (text: string) =>
    `"${text
      .split('')
      .map((unit) =>
        escape()
          ? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
          : JSON.stringify(unit).slice(1, -1),
      )
      .join('')}"`;
  const write = (inner: Tree): string => {
    if (typeof inner === 'string') return string(inner);
    if (Object.is(inner, -0)) return '-0';
    if (Array.isArray(inner)) return `[${gap}${inner.map(write).join(`${gap},${gap}`)}${gap}]`;
    if (!(inner instanceof Map)) return String(inner);
    const members = [...inner].map(([key, value]) => `${string(key)}${gap}:${gap}${write(value)}`);
    return `{${gap}${members.join(`${gap},`)}${gap}}`;
  };
  return `${gap}${write(node)}${gap}`;
}

describe('readJson', () => {
  // Each row has a shape of its own: what one text does to another lasts as long as the process.
  it.each([
    ['a quote', '{"r1":[],"\\\\":0}', '{"r1":1,"\\"":2}', ['r1', '"']],
    ['a line break', '{"r2":[],"\\\\":0}', '{"r2":1,"\\n":2}', ['r2', '\n']],
    ['a letter', '{"r3":[],"\\\\":0}', '{"r3":1,"\\u0041":2}', ['r3', 'A']],
    ['further down', '{"r4":[],"\\\\":0}', '[{"x":{"r4":1,"\\"":2}}]', ['r4', '"']],
    ['in the same text', '{}', '[{"r5":[],"\\\\":0},{"r5":1,"\\"":2}]', ['r5', '"']],
    ['white space', '{"r6":[],"\\\\":0}', '{"r6":1,"\\"" \n: 2}', ['r6', '"']],
  ])('reads an escaped name as itself after another in its place: %s', (_case, first, then, names) => {
    readJson(first);
    const read: unknown = readJson(then);
    const [last] = Array.isArray(read) ? read.slice(-1) : [read];
    expect(Object.keys(last.x ?? last)).toEqual(names);
  });

  it('reads whatever was written, with any characters escaped', () => {
    fc.assert(
      fc.property(
        tree,
        fc.constantFrom('', ' ', '\n\t\r'),
        fc.infiniteStream(fc.boolean()),
        (node, gap, flips) => {
          const text = textOf(node, gap, () => flips.next().value === true);
          const read = readJson(text);
          expect(read).toEqual(valueOf(node));
          expect(readJson(`{"\\u0061":${text}}`)).toEqual({ a: valueOf(node) });
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('keeps the last value of a name in the place of the first, and digits in front', () => {
    const read = readJson('{"\\u0062":1,"7":0,"a":2,"b":3,"1":0}') as object;
    expect(Object.entries(read)).toEqual([
      ['1', 0],
      ['7', 0],
      ['b', 3],
      ['a', 2],
    ]);
  });

  it('makes __proto__ a name like any other', () => {
    const read = readJson('{"\\u005f_proto__":{"x":1},"__proto__":{"y":1}}') as object;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.entries(read)).toEqual([['__proto__', { y: 1 }]]);
  });

  it.each(['', '{"\\u0061":}', '{"\\n":1,}', '{"\\x":1}', '["\\n"]]', '{"\\u0061" 1}', '"\\'])(
    'throws as JSON.parse does: %s',
    (text) => {
      expect(() => readJson(text)).toThrow(SyntaxError);
    },
  );

  it('reads any depth, in time that grows with the length', () => {
    const levels = 300_000;
    let inner = readJson(`${'{"\\n":['.repeat(levels)}1${']}'.repeat(levels)}`) as Record<string, unknown[]>;
    for (let level = 1; level < levels; level++) inner = inner['\n']?.[0] as Record<string, unknown[]>;
    expect(inner).toEqual({ '\n': [1] });
    expect(readJson(`{"\\n":"${'\\\\'.repeat(1_000_000)}"}`)).toEqual({ '\n': '\\'.repeat(1_000_000) });
  });
});
