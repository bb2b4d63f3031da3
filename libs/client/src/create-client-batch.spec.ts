import { MAX_BATCH_ENTRIES, type EntryStatus } from '@spillway/shared';
import fc from 'fast-check';
import { answersOf, openTable } from './__fixtures__/fake-table.ts';
import { answer, batchAnswer, entry, idsOf, startFakeStage } from './__fixtures__/fake-stage.ts';

const entries = (count: number) => Array.from({ length: count }, (_each, i) => entry(i));
const allAccepted = (ids: readonly string[]) => batchAnswer(ids.map(() => 'accepted'));

describe('createClient, ingestBatch', () => {
  it('sends a batch in one request, and tells what became of each entry in their order', async () => {
    const statuses: EntryStatus[] = ['accepted', 'conflict', 'accepted'];
    const { client, clock, seen } = startFakeStage(() => batchAnswer(statuses));
    expect(await clock.run(client.ingestBatch(entries(3)))).toMatchObject([
      { ok: true, entry: entry(0), attempts: 1 },
      { ok: false, reason: 'conflict', attempts: 1, mayBeStored: false },
      { ok: true, entry: entry(2), attempts: 1 },
    ]);
    expect(seen.map(({ url }) => url)).toEqual(['https://stage.test/prod/batch']);
  });

  it('sends none where there are none', async () => {
    const { client, clock, seen } = startFakeStage(() => batchAnswer([]));
    expect(await clock.run(client.ingestBatch([]))).toEqual([]);
    expect(seen).toHaveLength(0);
  });

  it('sends only what can be stored, and again only what is not settled', async () => {
    const { client, clock, seen } = startFakeStage((request, number) =>
      number === 1
        ? batchAnswer(['accepted', 'unavailable', 'conflict', 'failed'])
        : allAccepted(idsOf(request)),
    );
    const [a, b, c, d] = entries(4);
    const results = await clock.run(client.ingestBatch([a!, { ...entry('x'), year: -1 }, b!, c!, d!]));
    expect(seen.map(idsOf)).toEqual([
      ['0', '1', '2', '3'],
      ['1', '3'],
    ]);
    expect(results).toMatchObject([
      { ok: true, attempts: 1 },
      { reason: 'invalid', attempts: 0 },
      { ok: true, attempts: 2 },
      { reason: 'conflict', attempts: 1 },
      { ok: true, attempts: 2 },
    ]);
  });

  it('cuts at the number of entries that a batch may have, and sends the parts side by side', async () => {
    const { client, clock, seen } = startFakeStage((request) => allAccepted(idsOf(request)));
    const results = await clock.run(client.ingestBatch(entries(2 * MAX_BATCH_ENTRIES + 1)));
    expect(seen.map((request) => [request.atMs, idsOf(request).length])).toEqual([
      [0, 100],
      [0, 100],
      [0, 1],
    ]);
    expect(results.map((result) => result.ok && result.entry.id)).toEqual(entries(201).map(({ id }) => id));
  });

  it('halves a batch that the gateway finds too large, until it passes', async () => {
    const { client, clock, seen } = startFakeStage((request) =>
      idsOf(request).length > 2 ? answer(413, 'Request Too Long') : allAccepted(idsOf(request)),
    );
    const results = await clock.run(client.ingestBatch(entries(5)));
    expect(seen.map(idsOf).map(({ length }) => length)).toEqual([5, 3, 2, 2, 1]);
    expect(results.map((result) => [result.ok, result.attempts])).toEqual([
      [true, 3],
      [true, 3],
      [true, 3],
      [true, 2],
      [true, 2],
    ]);
  });

  it('waits for what is left as long as the answer says', async () => {
    const { client, clock, seen } = startFakeStage(
      (request, number) =>
        number === 1
          ? batchAnswer(['accepted', 'unavailable'], { 'retry-after': '3' })
          : allAccepted(idsOf(request)),
      { random: () => 0 },
    );
    await clock.run(client.ingestBatch(entries(2)));
    expect(seen.map(({ atMs }) => atMs)).toEqual([0, 3_020]);
  });

  it('tells at the deadline what each entry met last', async () => {
    const { client, clock } = startFakeStage((request) =>
      batchAnswer(idsOf(request).map((id) => (id === '0' ? 'accepted' : 'unavailable'))),
    );
    expect(await clock.run(client.ingestBatch(entries(2), { deadlineMs: 3_000 }))).toMatchObject([
      { ok: true, attempts: 1 },
      { ok: false, reason: 'unavailable', mayBeStored: true },
    ]);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(3_000);
  });

  it('reports every entry exactly once, and says stored only of those that are, not stored of none that is, whatever the stage does', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(250),
        answersOf([200, 200, 200, 400, 403, 413, 429, 500, 502, 503, 504, 'reset']),
        fc.integer({ min: 1, max: 9_000 }),
        async (count, answers, deadlineMs) => {
          const table = openTable(answers);
          const { client, clock } = startFakeStage(table.answerBatch);
          const sent = entries(count);
          const results = await clock.run(client.ingestBatch(sent, { deadlineMs }));
          expect(results).toHaveLength(count);
          table.expectTruth(results.map((result, i) => [sent[i]!.id, result]));
          expect(clock.monotonicMs()).toBeLessThanOrEqual(deadlineMs);
        },
      ),
      { numRuns: 60 },
    );
  });
});
