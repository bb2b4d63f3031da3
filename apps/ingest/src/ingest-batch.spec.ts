import { parseBatchText, type Entry } from '@spillway/shared';
import fc from 'fast-check';
import { createMemoryStore } from './__fixtures__/memory-store.ts';
import { StoreUnavailableError, type EntryStore, type PutOutcome } from './entry-store.ts';
import { ingestBatch, MAX_WRITES_IN_FLIGHT } from './ingest-batch.ts';

const entryOf = (id: string, title = 't'): Entry => ({ id, title, year: 1 });
const never = new AbortController().signal;

function parse(entries: readonly unknown[]) {
  const batch = parseBatchText(JSON.stringify({ entries }));
  if (!batch.ok) throw new Error('refused');
  return batch.entries;
}

const statusesOf = async (entries: readonly unknown[], store: EntryStore, deadline = never) =>
  (await ingestBatch(parse(entries), store, deadline)).map(({ status }) => status);

/** A store whose writes are settled by hand, in any order. */
function createHeldStore() {
  const held: { entry: Entry; settle: (outcome: PutOutcome | Error) => void }[] = [];
  const store: EntryStore = {
    put: (entry, signal) =>
      new Promise((resolve, reject) => {
        const settle = (outcome: PutOutcome | Error) => {
          held.splice(
            held.findIndex((one) => one.entry === entry),
            1,
          );
          if (outcome instanceof Error) reject(outcome);
          else resolve(outcome);
        };
        signal.addEventListener('abort', () => settle(new StoreUnavailableError('aborted', undefined)));
        held.push({ entry, settle });
      }),
  };
  return { store, held };
}

/** Long enough for every promise that can settle to have settled. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('ingestBatch', () => {
  it('gives each entry its own outcome, in order', async () => {
    const store = createMemoryStore();
    await store.put(entryOf('taken', 'first'), never);
    const tooLarge = { ...entryOf('large'), attributes: { a: 'x'.repeat(409_600) } };
    const outcomes = await ingestBatch(
      parse([entryOf('a'), { id: '' }, entryOf('taken'), tooLarge, entryOf('a'), entryOf('b')]),
      store,
      never,
    );
    expect(outcomes).toMatchObject([
      { status: 'accepted' },
      { status: 'invalid', refusal: { issues: [{ path: '$.entries[1].id' }, {}, {}] } },
      { status: 'conflict' },
      { status: 'too-large', refusal: { issues: [{ path: '$.entries[3]' }] } },
      { status: 'accepted' },
      { status: 'accepted' },
    ]);
    expect([...store.entries.keys()]).toEqual(['taken', 'a', 'b']);
  });

  it('keeps as many writes in flight as it says, and no more', async () => {
    const { store, held } = createHeldStore();
    const done = statusesOf(
      Array.from({ length: 100 }, (_, i) => entryOf(`${i}`)),
      store,
    );
    for (let left = 100; left > 0; left--) {
      await settled();
      expect(held).toHaveLength(Math.min(left, MAX_WRITES_IN_FLIGHT));
      held.at(left % held.length)?.settle('stored');
    }
    expect(new Set(await done)).toEqual(new Set(['accepted']));
  });

  it('writes entries with the same id one after another, so that the first of them wins', async () => {
    const { store, held } = createHeldStore();
    const done = statusesOf([entryOf('a', '1'), entryOf('b'), entryOf('a', '2'), entryOf('a', '3')], store);
    const titles: string[][] = [];
    for (const outcome of ['stored', 'conflict', 'stored'] as const) {
      await settled();
      titles.push(held.map(({ entry }) => entry.title));
      held.find(({ entry }) => entry.id === 'a')?.settle(outcome);
    }
    await settled();
    held[0]?.settle('stored');
    expect(titles).toEqual([
      ['1', 't'],
      ['t', '2'],
      ['t', '3'],
    ]);
    expect(await done).toEqual(['accepted', 'accepted', 'conflict', 'accepted']);
  });

  it.each([
    ['unavailable', new StoreUnavailableError('ThrottlingException', undefined)],
    ['failed', new Error('x')],
  ])('does not let a later entry win an id whose first is %s', async (status, error) => {
    const ids: string[] = [];
    const store: EntryStore = {
      async put({ id }) {
        ids.push(id);
        if (id === 'a') throw error;
        return 'stored';
      },
    };
    const batch = [entryOf('a', '1'), entryOf('a', '2'), entryOf('b'), entryOf('a', '1')];
    expect(await statusesOf(batch, store)).toEqual([status, 'unavailable', 'accepted', 'unavailable']);
    expect(ids).toEqual(['a', 'b']);
  });

  it('gives up at the deadline: what is stored stays accepted, the rest is unavailable', async () => {
    const { store, held } = createHeldStore();
    const deadline = new AbortController();
    const batch = Array.from({ length: 30 }, (_, i) => entryOf(`${i}`));
    const done = statusesOf(batch, store, deadline.signal);
    for (const id of ['0', '7', '10']) {
      await settled();
      held.find(({ entry }) => entry.id === id)?.settle('stored');
    }
    await settled();
    deadline.abort();
    expect((await done).map((status, i) => (status === 'accepted' ? i : status))).toEqual(
      batch.map((_, i) => ([0, 7, 10].includes(i) ? i : 'unavailable')),
    );
    expect(held).toEqual([]);
  });

  it('stops after ten writes in a row that found the table unavailable, not after nine', async () => {
    const askWithOneOf = async (upEvery: number) => {
      let writes = 0;
      const store: EntryStore = {
        async put() {
          if (++writes % upEvery !== 0) throw new StoreUnavailableError('ThrottlingException', undefined);
          return 'stored';
        },
      };
      const batch = Array.from({ length: 100 }, (_, i) => entryOf(`${i}`));
      return { statuses: await statusesOf(batch, store), writes };
    };
    const down = await askWithOneOf(101);
    expect(new Set(down.statuses)).toEqual(new Set(['unavailable']));
    expect(down.writes).toBeGreaterThanOrEqual(10);
    // Nine others may have begun before the tenth came to its end.
    expect(down.writes).toBeLessThanOrEqual(19);
    expect((await askWithOneOf(10)).writes).toBe(100);
  });

  it('asks nothing of the table when the deadline is over from the start', async () => {
    const store: EntryStore = { put: () => Promise.reject(new Error('asked')) };
    expect(await statusesOf([entryOf('a'), {}], store, AbortSignal.abort())).toEqual([
      'unavailable',
      'invalid',
    ]);
  });

  it('is safe to repeat as a whole, however often writes fail: one outcome each, the same in the end', async () => {
    // Few ids and titles, so that most batches repeat and contradict themselves.
    const entry = fc.tuple(fc.nat(5), fc.nat(1)).map(([id, title]) => entryOf(`${id}`, `${title}`));
    const entries = fc.array(fc.oneof({ weight: 5, arbitrary: entry }, fc.jsonValue()), {
      minLength: 1,
      maxLength: 20,
    });
    let repeats = 0;
    await fc.assert(
      fc.asyncProperty(entries, fc.infiniteStream(fc.nat(5).map((dice) => dice > 0)), async (batch, isUp) => {
        const expected = await statusesOf(batch, createMemoryStore());
        const memory = createMemoryStore();
        const store: EntryStore = {
          async put(one, signal) {
            // Down before the write, or after it: then the entry is stored and nobody knows.
            if (!isUp.next().value) throw new StoreUnavailableError('down before', undefined);
            const outcome = await memory.put(one, signal);
            if (!isUp.next().value) throw new StoreUnavailableError('down after', undefined);
            return outcome;
          },
        };
        let statuses = await statusesOf(batch, store);
        for (; statuses.includes('unavailable'); statuses = await statusesOf(batch, store)) {
          repeats++;
          // What is settled never changes.
          statuses.forEach((status, i) => expect([expected[i], 'unavailable']).toContain(status));
        }
        expect(statuses).toEqual(expected);
      }),
    );
    expect(repeats).toBeGreaterThan(0);
  });
});
