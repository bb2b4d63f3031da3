import { MAX_ITEM_BYTES, storedItemBytes, type Entry } from '@spillway/shared';
import fc from 'fast-check';
import { restEvent } from '../src/__fixtures__/gateway-events.ts';
import { recordParts } from '../src/__fixtures__/recording-parts.ts';
import { hashContent } from '../src/content-hash.ts';
import { engines, type Engine } from './engines.ts';
import { createEntriesTable, noDeadline, type EntriesTable } from './entries-table.ts';

/** Attributes that take an item to exactly `bytes`; `shape` is stored beside the padding. */
function fillTo(bytes: number, id: string, shape: NonNullable<Entry['attributes']>): Entry {
  const entry = { id, title: 't', year: 2023, attributes: { shape, padding: '' } };
  return {
    ...entry,
    attributes: { shape, padding: 'x'.repeat(bytes - storedItemBytes(entry)) },
  };
}

describe.each(engines)('ingest on %s', (name, start) => {
  let engine: Engine;
  let table: EntriesTable;
  const send = async (body: unknown) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const { statusCode } = await recordParts(table.store).send(restEvent(text));
    return statusCode;
  };

  beforeAll(async () => {
    engine = await start();
    table = await createEntriesTable(engine.endpoint);
  });
  afterAll(() => engine.stop());

  it("stores the sample's entry, once, however often it comes", async () => {
    const sample = '{"year":"2023","title":"kkkg","id":"12"}';
    expect([await send(sample), await send(sample)]).toEqual([200, 200]);
    const entry = { id: '12', title: 'kkkg', year: 2023 };
    expect(await table.read('12')).toEqual({ ...entry, contentHash: hashContent(entry) });
    expect(await table.scan()).toHaveLength(1);
  });

  it.each([
    ['ASCII', 'x'.repeat(2_048), 'x'.repeat(2_049)],
    ['three bytes a character', `${'€'.repeat(682)}xx`, '€'.repeat(683)],
  ])('takes an id of 2,048 bytes and refuses 2,049: %s', async (_name, last, first) => {
    expect(await send({ id: last, title: 't', year: 1 })).toBe(200);
    expect(await send({ id: first, title: 't', year: 1 })).toBe(400);
  });

  const shapes: [string, NonNullable<Entry['attributes']>][] = [
    ['texts', { a: 'abc' }],
    ['numbers', { a: 12, b: 1.2, c: -123, d: 1e-7, e: 0, f: 1.5e-130, g: 9007199254740991 }],
    ['lists and maps', { a: [1, [], {}, [null, true]], b: { c: { d: false } } }],
  ];
  it.each(shapes)('takes an item of 400 KB and refuses a byte more: %s', async (kind, shape) => {
    expect(await send(fillTo(MAX_ITEM_BYTES, `full ${kind}`, shape))).toBe(200);
    expect(await send(fillTo(MAX_ITEM_BYTES + 1, `over ${kind}`, shape))).toBe(413);
    // dynalite, whose arithmetic was measured on AWS, takes not a byte more: ours is no stricter than it has to be.
    if (name !== 'dynalite') return;
    await expect(
      table.store.put(fillTo(MAX_ITEM_BYTES + 1, 'direct', shape), noDeadline),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('counts a text in bytes of UTF-8', async () => {
    const shape = { é: '€'.repeat(100_000) };
    expect(await send(fillTo(MAX_ITEM_BYTES, 'full é', shape))).toBe(200);
    expect(await send(fillTo(MAX_ITEM_BYTES + 1, 'over é', shape))).toBe(413);
    // dynalite counts UTF-16 units; dynoxide counts as AWS does.
    if (name !== 'dynoxide') return;
    await expect(
      table.store.put(fillTo(MAX_ITEM_BYTES + 1, 'direct', shape), noDeadline),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  it('takes 32 levels and refuses 33', async () => {
    const nest = (levels: number) =>
      Array.from({ length: levels }).reduce<unknown>((inner, _, i) => (i % 2 ? [inner] : { a: inner }), 1);
    expect(await send({ id: 'deep', title: 't', year: 1, attributes: { a: nest(30) } })).toBe(200);
    expect(await send({ id: 'deeper', title: 't', year: 1, attributes: { a: nest(31) } })).toBe(400);
  });

  it('stores what was sent, or refuses it: never 5xx, never something else', async () => {
    let accepted = 0;
    const exact = fc.double({ min: 1e-130, max: Number.MAX_SAFE_INTEGER });
    const key = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('toString', 'toJSON', '__type', '$unknown', 'M', 'N'),
    );
    const values = [fc.string({ unit: 'binary' }), fc.integer(), exact, fc.boolean(), fc.constant(null)];
    const attributes = fc.oneof(
      { weight: 3, arbitrary: fc.object({ key, values }) },
      fc.dictionary(key, fc.jsonValue()),
    );
    const entry = fc.record(
      { id: fc.string({ minLength: 1 }), title: fc.string(), year: fc.nat(10_100), attributes },
      { requiredKeys: ['id', 'title', 'year'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 4, arbitrary: entry }, fc.jsonValue()), async (value) => {
        const body = JSON.stringify(value);
        const status = await send(body);
        expect([200, 400, 409]).toContain(status);
        if (status !== 200) return;
        accepted++;
        const sent = JSON.parse(body);
        const { contentHash, ...stored } = (await table.read(sent.id)) ?? {};
        expect(contentHash).toEqual(expect.any(String));
        // -0 is 0 in a table.
        expect(stored).toEqual(JSON.parse(body, (_, held) => (held === 0 ? 0 : held)));
      }),
      { numRuns: 300 },
    );
    expect(accepted).toBeGreaterThan(100);
  });
});
