import type { Entry } from '@spillway/shared';
import { createMemoryStore } from '../src/__fixtures__/memory-store.ts';
import { engines } from './engines.ts';
import { createEntriesTable, noDeadline, type EntriesTable } from './entries-table.ts';

interface Subject extends Pick<EntriesTable, 'store' | 'read'> {
  stop(): Promise<unknown>;
}

const implementations: [string, () => Promise<Subject>][] = [
  [
    'memory',
    async () => {
      const store = createMemoryStore();
      return { store, read: async (id) => ({ ...store.entries.get(id) }), stop: async () => undefined };
    },
  ],
  ...engines.map<[string, () => Promise<Subject>]>(([name, start]) => [
    name,
    async () => {
      const engine = await start();
      return { ...(await createEntriesTable(engine.endpoint)), stop: engine.stop };
    },
  ]),
];

/** What every implementation of the port promises. */
describe.each(implementations)('EntryStore over %s', (_name, start) => {
  let subject: Subject;
  const entry: Entry = { id: '12', title: 'kkkg', year: 2023, attributes: { a: [1, null, { é: '' }] } };

  beforeAll(async () => {
    subject = await start();
  });
  afterAll(() => subject.stop());

  it('stores a new entry as it is', async () => {
    expect(await subject.store.put(entry, noDeadline)).toBe('stored');
    expect(await subject.read('12')).toMatchObject(entry);
  });

  it('takes the same content again', async () => {
    const reordered: Entry = { attributes: { a: [1, null, { é: '' }] }, year: 2023, title: 'kkkg', id: '12' };
    expect(await subject.store.put(reordered, noDeadline)).toBe('stored');
    expect(await subject.read('12')).toMatchObject(entry);
  });

  it.each<[string, Entry]>([
    ['another title', { ...entry, title: 'other' }],
    ['another year', { ...entry, year: 2024 }],
    ['fewer attributes', { ...entry, attributes: {} }],
    ['no attributes', { id: '12', title: 'kkkg', year: 2023 }],
  ])('refuses %s under the same id and keeps the first', async (_case, other) => {
    expect(await subject.store.put(other, noDeadline)).toBe('conflict');
    expect(await subject.read('12')).toMatchObject(entry);
  });

  it('lets exactly one of many contents win an id', async () => {
    const rivals = Array.from({ length: 10 }, (_, i) => ({ id: 'race', title: `t${i}`, year: 2023 }));
    const outcomes = await Promise.all(rivals.map((rival) => subject.store.put(rival, noDeadline)));
    expect(outcomes.filter((outcome) => outcome === 'stored')).toHaveLength(1);
    const winner = rivals[outcomes.indexOf('stored')]!;
    expect(await subject.read('race')).toMatchObject(winner);
    expect(await subject.store.put(winner, noDeadline)).toBe('stored');
  });

  it('gives up at once when the deadline is over, and keeps what it holds', async () => {
    const late = subject.store.put({ ...entry, id: 'late' }, AbortSignal.abort());
    await expect(late).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
    await expect(subject.store.put({ ...entry, title: 'late' }, AbortSignal.abort())).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
    });
    expect(await subject.read('12')).toMatchObject(entry);
  });
});
