import { MAX_BATCH_ENTRIES, parseEntry, type BatchResponse } from '@spillway/shared';
import fc from 'fast-check';
import { restBatchEvent } from '../src/__fixtures__/gateway-events.ts';
import { recordParts } from '../src/__fixtures__/recording-parts.ts';
import { withoutNegativeZero } from '../src/__fixtures__/without-negative-zero.ts';
import { createDynamoDbStore } from '../src/dynamodb-store.ts';
import type { EntryStore } from '../src/entry-store.ts';
import { engines, type Engine } from './engines.ts';
import { createEntriesTable, localAccess, type EntriesTable } from './entries-table.ts';
import { startShakyTable, type Fate, type ShakyTable } from './shaky-table.ts';

const entryOf = (id: string, title = 't') => ({ id, title, year: 2023, attributes: { a: [1, { b: null }] } });
const manyOf = (prefix: string) =>
  Array.from({ length: MAX_BATCH_ENTRIES }, (_, i) => entryOf(`${prefix}-${i}`));

/**
 * Whether a name in the value is written with an escape. Those that come back from the table prove nothing: the SDK and
 * dynalite read them with this process's `JSON.parse` (nodejs/node#63785). bundle.spec.ts looks at what is sent.
 */
function hasEscapedName(value: unknown): boolean {
  let hasOne = false;
  JSON.stringify(value, (name, inner: unknown) => {
    hasOne ||= JSON.stringify(name) !== `"${name}"`;
    return inner;
  });
  return hasOne;
}

async function send(store: EntryStore, entries: readonly unknown[], remainingMs?: number) {
  const parts = recordParts(store);
  const { statusCode, body } = await parts.send(restBatchEvent(JSON.stringify({ entries })), remainingMs);
  const { outcomes } = JSON.parse(body) as BatchResponse;
  return { statusCode, statuses: outcomes.map(({ status }) => status), ...parts };
}

describe.each(engines)('POST /batch on %s', (_name, start) => {
  let engine: Engine;
  let table: EntriesTable;
  let shaky: ShakyTable | undefined;

  /** The store over the same table, by a way on which requests meet these fates. */
  const reachThrough = async (decide: (write: number) => Fate) => {
    shaky = await startShakyTable(engine.endpoint, decide);
    return createDynamoDbStore('entries', localAccess(shaky.endpoint));
  };

  beforeAll(async () => {
    engine = await start();
    table = await createEntriesTable(engine.endpoint);
  });
  afterAll(() => engine.stop());
  afterEach(async () => {
    await shaky?.stop();
    shaky = undefined;
  });

  it('stores 100 entries, and takes all of them again', async () => {
    const entries = manyOf('hundred');
    for (let round = 0; round < 2; round++) {
      const { statusCode, metrics } = await send(table.store, entries);
      expect({ statusCode, metrics }).toEqual({ statusCode: 200, metrics: { Batch: 1, EntryAccepted: 100 } });
    }
    for (const entry of entries) expect(await table.read(entry.id)).toMatchObject(entry);
  });

  it('answers each of 100 mixed entries by itself', async () => {
    await table.store.put(entryOf('mixed-3', 'first'), AbortSignal.timeout(10_000));
    const entries = manyOf('mixed').map((entry, i) => {
      if (i % 10 === 1) return { ...entry, year: 'x' };
      if (i % 10 === 5) return entryOf(`mixed-${i - 5}`, 'other');
      if (i % 10 === 7) return entryOf(`mixed-${i - 5}`);
      if (i === 98) return { ...entry, title: 'x'.repeat(409_600) };
      return entry;
    });
    const { statusCode, statuses } = await send(table.store, entries);
    expect(statusCode).toBe(207);
    expect(statuses).toEqual(
      entries.map((_, i) => {
        if (i % 10 === 1) return 'invalid';
        if (i % 10 === 5 || i === 3) return 'conflict';
        return i === 98 ? 'too-large' : 'accepted';
      }),
    );
    expect(await table.read('mixed-3')).toMatchObject({ title: 'first' });
    expect(await table.read('mixed-0')).toMatchObject({ title: 't' });
  });

  it.each<Fate>(['throttled', 'misreported'])(
    'says which entries are known to be stored when writes are %s from the middle on; a repeat of the whole accepts all',
    async (fate) => {
      const entries = manyOf(fate);
      let isDown = true;
      const store = await reachThrough((write) => (isDown && write >= 40 ? fate : 'passed'));
      const { statusCode, statuses } = await send(store, entries);
      expect(statusCode).toBe(207);
      const accepted = statuses.flatMap((status, i) => (status === 'accepted' ? [i] : []));
      // Not 40 to the last: an attempt that a stalled machine times out comes again, as one of the later ones.
      expect(accepted.length).toBeGreaterThan(20);
      expect(accepted.length).toBeLessThanOrEqual(40);
      expect(new Set(statuses)).toEqual(new Set(['accepted', 'unavailable']));
      for (const i of accepted)
        expect(await table.read(`${fate}-${i}`)).toMatchObject(entryOf(`${fate}-${i}`));

      isDown = false;
      const repeat = await send(store, entries);
      expect({ statusCode: repeat.statusCode, metrics: repeat.metrics }).toEqual({
        statusCode: 200,
        metrics: { Batch: 1, EntryAccepted: 100 },
      });
    },
  );

  it('answers at the deadline when the table goes silent midway, and what was stored is accepted', async () => {
    // The deadline comes when the table goes silent, not by a clock that a slow machine would lose against.
    const deadline = new AbortController();
    const timeout = jest.spyOn(AbortSignal, 'timeout').mockReturnValueOnce(deadline.signal);
    const store = await reachThrough((write) => {
      if (write < 25) return 'passed';
      deadline.abort();
      return 'ignored';
    });
    const { statusCode, statuses, logs } = await send(store, manyOf('ignored'));
    timeout.mockRestore();
    expect(statusCode).toBe(207);
    const accepted = statuses.flatMap((status, i) => (status === 'accepted' ? [i] : []));
    expect(accepted.length).toBeGreaterThan(5);
    expect(accepted.length).toBeLessThanOrEqual(25);
    for (const i of accepted) expect(await table.read(`ignored-${i}`)).toMatchObject(entryOf(`ignored-${i}`));
    expect(logs.map(({ extra }) => extra)).toMatchObject([
      { reason: 'no answer before the deadline' },
      { reason: 'not tried' },
    ]);
    const [unanswered = 0, untried] = logs.map(({ extra }) => (extra as { entries: number }).entries);
    expect(unanswered).toBeLessThanOrEqual(10);
    expect(untried).toBe(MAX_BATCH_ENTRIES - accepted.length - unanswered);
  });

  it('answers 503 long before the deadline when the table takes nothing', async () => {
    let writes = 0;
    const store = await reachThrough(() => {
      writes++;
      return 'throttled';
    });
    const { statusCode, logs } = await send(store, manyOf('away'));
    expect(statusCode).toBe(503);
    // Ten entries in a row and the nine begun meanwhile, at most three attempts each; the rest is left to the repeat.
    expect(writes).toBeLessThanOrEqual(19 * 3);
    expect(logs.map(({ extra }) => extra)).toMatchObject([
      { reason: 'ThrottlingException' },
      { reason: 'not tried' },
    ]);
  });

  it('calls an entry failed where a repeat would not help, and logs it once', async () => {
    let forbidden = 0;
    const store = await reachThrough((write) => {
      if (write % 2 === 0) return 'passed';
      forbidden++;
      return 'forbidden';
    });
    const { statusCode, statuses, logs } = await send(store, manyOf('forbidden'));
    expect(statusCode).toBe(207);
    expect(forbidden).toBeGreaterThan(40);
    expect(statuses.filter((status) => status === 'failed')).toHaveLength(forbidden);
    expect(logs).toMatchObject([
      { level: 'error', extra: { error: { name: 'AccessDeniedException' }, entries: forbidden } },
    ]);
  });

  it('stores what it accepts as it was sent, refuses the rest, and never answers 5xx', async () => {
    const key = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom('toString', 'toJSON', '$unknown', 'M'));
    const attributes = fc.dictionary(key, fc.jsonValue({ maxDepth: 2 }));
    const entry = fc.record(
      {
        id: fc.string({ minLength: 1 }),
        title: fc.string(),
        year: fc.nat(9_999),
        attributes,
      },
      { requiredKeys: ['id', 'title', 'year'] },
    );
    const sent = fc
      .oneof({ weight: 4, arbitrary: entry }, fc.jsonValue())
      .filter((one) => !hasEscapedName(one));
    const entries = fc.array(sent, { minLength: 1, maxLength: 20 });
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(entries, async (batch) => {
        const { statusCode, statuses } = await send(table.store, batch);
        expect(statusCode).toBeLessThan(500);
        for (const [i, status] of statuses.entries()) {
          expect(status).not.toMatch(/unavailable|failed/);
          const wanted = withoutNegativeZero(batch[i]);
          expect(['accepted', 'conflict'].includes(status)).toBe(parseEntry(wanted).ok);
          if (status !== 'accepted') continue;
          accepted++;
          const { contentHash, ...stored } = (await table.read((wanted as { id: string }).id)) ?? {};
          expect(contentHash).toEqual(expect.any(String));
          expect(stored).toEqual(wanted);
        }
      }),
      { numRuns: 80 },
    );
    expect(accepted).toBeGreaterThan(50);
  });
});
