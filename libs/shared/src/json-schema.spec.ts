import { Ajv2020 } from 'ajv/dist/2020.js';
import Ajv4 from 'ajv-draft-04';
import fc from 'fast-check';
import { MAX_BATCH_ENTRIES } from './batch.ts';
import { MAX_ID_BYTES, type EntryInput } from './entry.ts';
import { batchModel, entryModel } from './json-schema.ts';
import { describeBodies } from './openapi-schemas.ts';
import { readJson } from './read-json.ts';
import { parseBatchText } from './validate-batch.ts';
import { parseEntryText } from './validate.ts';

const valid: EntryInput = { id: '12', title: 'kkkg', year: 2023 };

/** As the local stage compiles the gateway's models. */
const compileModel = (model: object) => new Ajv4.default({ strict: false }).compile(model);
const compileComponent = (name: string) => {
  const ajv = new Ajv2020({ strict: false });
  ajv.addSchema({ $id: 'openapi', components: { schemas: describeBodies() } });
  return ajv.compile({ $ref: `openapi#/components/schemas/${name}` });
};

const year = fc.oneof(
  fc.integer({ min: -1, max: 10_000 }),
  fc.stringMatching(/^[0-9 -]{0,5}$/),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(-0, 1e3, 9_999, 2023.5, '2023\n', '२०२३', null),
);
const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ minLength: 500, maxLength: 2_100 }));
const attributes = fc.dictionary(
  fc.string({ minLength: 1 }),
  fc.oneof(fc.string(), fc.integer(), fc.boolean()),
);
/** Mostly entries, so that many are accepted, and else entries with one field spoilt. */
const nearEntry = fc
  .tuple(
    fc.record(
      { id: fc.string({ minLength: 1 }), title: fc.string(), year: fc.nat(9_999), attributes },
      { requiredKeys: ['id', 'title', 'year'] },
    ),
    fc.oneof(
      { weight: 2, arbitrary: fc.constant({}) },
      fc.record({ id: text }),
      fc.record({ title: text }),
      fc.record({ year }),
      fc.record({ attributes: fc.jsonValue() }),
      fc.dictionary(fc.constantFrom('id', 'title', 'year', 'attributes', 'extra'), fc.jsonValue()),
    ),
  )
  .map(([entry, spoilt]) => ({ ...entry, ...spoilt }));

describe.each([
  ['entryModel', compileModel(entryModel())],
  ['the OpenAPI component Entry', compileComponent('Entry')],
])('%s', (_name, accepts) => {
  it('refuses only what the service refuses', () => {
    const verdicts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(fc.oneof({ weight: 9, arbitrary: nearEntry }, fc.jsonValue()), (value) => {
        const body = JSON.stringify(value);
        const isAccepted = parseEntryText(body).ok;
        verdicts[isAccepted ? 'accepted' : 'refused']++;
        if (isAccepted) expect([body, accepts(readJson(body))]).toEqual([body, true]);
      }),
      { numRuns: 2_000 },
    );
    expect(verdicts.accepted).toBeGreaterThan(200);
    expect(verdicts.refused).toBeGreaterThan(200);
  });

  it.each([
    ['nothing but an object', '[]', '{"id":"1","title":"","year":0}'],
    ['an empty id', '{"id":"","title":"","year":0}', '{"id":"1","title":"","year":0}'],
    ['a missing title', '{"id":"1","year":0}', '{"id":"1","title":"","year":0}'],
    ['a title that is no text', '{"id":"1","title":1,"year":0}', '{"id":"1","title":"1","year":0}'],
    ['a year before the first', '{"id":"1","title":"","year":-1}', '{"id":"1","title":"","year":-0}'],
    ['a year after the last', '{"id":"1","title":"","year":10000}', '{"id":"1","title":"","year":9999}'],
    ['a fraction of a year', '{"id":"1","title":"","year":2023.5}', '{"id":"1","title":"","year":2023.0}'],
    ['five digits', '{"id":"1","title":"","year":"00001"}', '{"id":"1","title":"","year":"0001"}'],
    ['an unknown field', '{"id":"1","title":"","year":0,"x":1}', '{"id":"1","title":"","year":0}'],
    [
      'attributes in an array',
      '{"id":"1","title":"","year":0,"attributes":[]}',
      '{"id":"1","title":"","year":0,"attributes":{}}',
    ],
  ])('refuses %s as the service does', (_case, refused, accepted) => {
    expect([accepts(JSON.parse(refused)), parseEntryText(refused).ok]).toEqual([false, false]);
    expect([accepts(JSON.parse(accepted)), parseEntryText(accepted).ok]).toEqual([true, true]);
  });

  it('counts characters of an id where the service counts bytes: never fewer are allowed', () => {
    const longest = { ...valid, id: 'x'.repeat(MAX_ID_BYTES) };
    expect([accepts(longest), parseEntryText(JSON.stringify(longest)).ok]).toEqual([true, true]);
    expect(accepts({ ...valid, id: 'x'.repeat(MAX_ID_BYTES + 1) })).toBe(false);
    const wide = { ...valid, id: '😀'.repeat(MAX_ID_BYTES) };
    expect([accepts(wide), parseEntryText(JSON.stringify(wide)).ok]).toEqual([true, false]);
  });
});

describe('entryModel', () => {
  it('is written in the draft and the keywords that API Gateway takes', () => {
    expect(entryModel()).toMatchObject({
      $schema: 'http://json-schema.org/draft-04/schema#',
      title: 'Entry',
      properties: { year: { type: ['number', 'string'], multipleOf: 1 } },
    });
    expect(JSON.stringify(entryModel())).not.toMatch(/anyOf|oneOf|exclusive|const|\$ref|"integer"/);
  });
});

describe('batchModel', () => {
  const accepts = compileModel(batchModel());
  const batchOf = (count: number) => ({ entries: Array.from({ length: count }, () => valid) });

  it('refuses only what the service refuses as a whole', () => {
    const envelope = fc.oneof(
      fc.record({ entries: fc.array(fc.oneof(nearEntry, fc.jsonValue()), { maxLength: 5 }) }),
      fc.record({ entries: fc.jsonValue() }),
      fc.record({ entries: fc.array(nearEntry, { maxLength: 1 }), extra: fc.jsonValue() }),
      fc.jsonValue(),
    );
    let accepted = 0;
    fc.assert(
      fc.property(envelope, (value) => {
        const body = JSON.stringify(value);
        if (!parseBatchText(body).ok) return;
        accepted++;
        expect([body, accepts(readJson(body))]).toEqual([body, true]);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it.each([
    ['no array', { entries: valid }, { entries: [valid] }],
    ['an empty batch', batchOf(0), batchOf(1)],
    ['one entry too many', batchOf(MAX_BATCH_ENTRIES + 1), batchOf(MAX_BATCH_ENTRIES)],
    ['an unknown field', { ...batchOf(1), extra: 1 }, batchOf(1)],
    ['no batch at all', valid, batchOf(1)],
  ])('refuses %s as the service does', (_case, refused, accepted) => {
    expect([accepts(refused), parseBatchText(JSON.stringify(refused)).ok]).toEqual([false, false]);
    expect([accepts(accepted), parseBatchText(JSON.stringify(accepted)).ok]).toEqual([true, true]);
  });

  it('lets entries through that are none, because each is answered by itself', () => {
    expect(accepts({ entries: [1, null, {}] })).toBe(true);
  });
});
