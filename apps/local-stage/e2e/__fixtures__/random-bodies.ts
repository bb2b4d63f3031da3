import fc from 'fast-check';

/** What a client may put before a body, or nothing. */
export const contentTypes = fc.constantFrom(
  undefined,
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/octet-stream',
);

/** Few, so that entries meet others with their id. */
const ids = fc.oneof(fc.constantFrom('a', 'b', 'c', 'ü', '__proto__', '0'), text(40));
const years = fc.oneof(fc.integer({ min: -1, max: 10_000 }), fc.constantFrom('2023', '7', '02023', 20.5, -0));

function text(maxLength: number): fc.Arbitrary<string> {
  return fc.oneof(fc.string({ maxLength, unit: 'binary' }), fc.string({ maxLength, unit: 'grapheme' }));
}

const jsonObjects = fc.dictionary(text(8), fc.jsonValue({ maxDepth: 3, stringUnit: 'binary' }), {
  maxKeys: 5,
  noNullPrototype: true,
});

/** Entries as text: most of them as a client should write them. */
export const entryTexts = fc
  .record(
    { id: ids, title: text(60), year: years, attributes: jsonObjects, other: fc.jsonValue({ maxDepth: 1 }) },
    { requiredKeys: ['id', 'title', 'year'], noNullPrototype: true },
  )
  .chain(({ other, ...entry }) =>
    fc.constantFrom(JSON.stringify(entry), JSON.stringify(entry), JSON.stringify({ ...entry, other })),
  );

/** Sound ones, so few that they meet their like and others with their id; a year counts the same in both forms. */
const soundTexts = fc
  .record({
    id: fc.constantFrom('a', 'b', 'c', 'ü'),
    title: fc.constantFrom('a title', 'another'),
    year: fc.constantFrom(2023, '2023'),
  })
  .map((entry) => JSON.stringify(entry));

const jsonTexts = fc.oneof(
  { weight: 3, arbitrary: soundTexts },
  { weight: 4, arbitrary: entryTexts },
  { weight: 1, arbitrary: fc.json({ maxDepth: 4, stringUnit: 'binary' }) },
  { weight: 1, arbitrary: fc.constantFrom('-0', '1e400', '{"id":1,"id":"a"}', '[[[[]]]]', '""', 'nul') },
);

const batchTexts = fc
  .array(jsonTexts, { maxLength: 8 })
  .chain((entries) =>
    fc.constantFrom(
      `{"entries":[${entries.join(',')}]}`,
      `{"entries":[${entries.join(',')}]}`,
      `{"entries":[${entries.join(',')}],"more":1}`,
      `[${entries.join(',')}]`,
    ),
  );

/** A body with a few bytes left out, doubled or replaced by others, most of them such that JSON has a use for. */
function damaged(texts: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  const bytes = fc.oneof(
    fc.constantFrom(...Buffer.from('{}[]",:\\u0eE+-.')),
    fc.integer({ min: 0, max: 255 }),
  );
  const damages = fc.record({
    at: fc.nat(),
    removed: fc.integer({ min: 0, max: 3 }),
    added: fc.array(bytes, { maxLength: 3 }),
  });
  return fc.tuple(texts, fc.array(damages, { minLength: 1, maxLength: 3 })).map(([whole, all]) => {
    const body = [...Buffer.from(whole)];
    for (const { at, removed, added } of all) body.splice(at % (body.length + 1), removed, ...added);
    return Uint8Array.from(body);
  });
}

function bodies(texts: fc.Arbitrary<string>): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 5, arbitrary: texts.map((whole) => Uint8Array.from(Buffer.from(whole))) },
    { weight: 4, arbitrary: damaged(texts) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  );
}

/** Bodies for `POST /`, sound and broken. */
export const entryBodies = bodies(jsonTexts);
/** Bodies for `POST /batch`, sound and broken. */
export const batchBodies = bodies(
  fc.oneof({ weight: 5, arbitrary: batchTexts }, { weight: 1, arbitrary: jsonTexts }),
);
