import { MAX_BATCH_ENTRIES } from '@spillway/shared';
import fc from 'fast-check';
import { answersOf, openTable } from './__fixtures__/fake-table.ts';
import { answer, batchAnswer, entry, idsOf, LATENCY_MS, startFakeStage } from './__fixtures__/fake-stage.ts';

type Sent = ReturnType<typeof entry>;

/** A source that says how far it was read, and whether it was left. */
function openLog(count: number) {
  const log = { read: 0, isClosed: false };
  async function* source() {
    try {
      for (; log.read < count;) {
        log.read += 1;
        yield entry(log.read - 1);
      }
    } finally {
      log.isClosed = true;
    }
  }
  return { log, source: source() };
}

const accept = () => answer(200);

async function collect<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('createClient, stream', () => {
  it.each<[string, () => Iterable<Sent> | AsyncIterable<Sent>]>([
    ['a list', () => [entry(0), entry(1), entry(2)]],
    ['a generator', () => [entry(0), entry(1), entry(2)].values()],
    ['an asynchronous source', () => openLog(3).source],
  ])('sends each entry of %s and tells its place', async (_name, source) => {
    const { client, clock, seen } = startFakeStage(accept);
    const results = await clock.run(collect(client.stream(source())));
    expect(results).toMatchObject(
      [0, 1, 2].map((index) => ({ index, input: entry(index), result: { ok: true } })),
    );
    expect(seen.map(({ url }) => url)).toEqual(new Array(3).fill('https://stage.test/prod/'));
  });

  it('tells results as they are known: one that waits holds up none', async () => {
    const { client, clock } = startFakeStage((_request, number) => answer(number === 1 ? 503 : 200));
    const results = await clock.run(collect(client.stream([entry(0), entry(1), entry(2)])));
    expect(results.map(({ index }) => index)).toEqual([1, 2, 0]);
  });

  it('reads nothing before a result is asked for', async () => {
    const { client, clock } = startFakeStage(accept);
    const { log, source } = openLog(5);
    client.stream(source);
    await clock.advance(1_000);
    expect(log.read).toBe(0);
  });

  it.each([1, 4])(
    'has at most %i entries read and not taken, however long nobody takes any',
    async (maxPending) => {
      const { client, clock, seen } = startFakeStage(accept);
      const { log, source } = openLog(50);
      const results = client.stream(source, { maxPending });
      for (let taken = 1; taken <= 3; taken++) {
        await clock.run(results.next());
        await clock.advance(10_000);
        expect([log.read, seen.length]).toEqual([maxPending + taken, maxPending + taken]);
      }
    },
  );

  it('reads no further than the stage lets it store', async () => {
    const { client, clock } = startFakeStage(() => answer(503, 'later', { 'retry-after': '30' }));
    const { log, source } = openLog(50);
    const work = client.stream(source, { maxPending: 4 }).next();
    await clock.advance(25_000);
    expect(log.read).toBe(4);
    await clock.run(work);
  });

  it('closes the source and aborts what is under way when its reader leaves', async () => {
    const { client, clock } = startFakeStage((_request, number) =>
      number === 1 ? answer(200) : new Promise<Response>(() => undefined),
    );
    const { log, source } = openLog(50);
    const results = client.stream(source, { maxPending: 4 });
    await clock.run(results.next());
    await clock.run(results.return!());
    await clock.advance(0);
    expect([log.isClosed, clock.timers]).toEqual([true, 0]);
    expect(await results.next()).toEqual({ done: true, value: undefined });
  });

  it('ends with the signal, tells what is under way as aborted, and waits for no source', async () => {
    const controller = new AbortController();
    const stuck = (async function* () {
      yield entry(0);
      await new Promise<void>(() => undefined);
    })();
    const { client, clock } = startFakeStage(() => new Promise<Response>(() => undefined));
    const work = collect(client.stream(stuck, { signal: controller.signal }));
    await clock.advance(LATENCY_MS);
    controller.abort();
    const aborted = { reason: 'aborted', attempts: 1, mayBeStored: true };
    expect(await clock.run(work)).toMatchObject([{ index: 0, result: aborted }]);
  });

  it('tells an entry as aborted that the source hands over after the signal', async () => {
    const controller = new AbortController();
    const { client, clock, seen } = startFakeStage(accept);
    const slow = (async function* () {
      yield entry(0);
      await clock.sleep(LATENCY_MS / 2);
      controller.abort();
      yield entry(1);
      yield entry(2);
    })();
    const results = await clock.run(collect(client.stream(slow, { signal: controller.signal })));
    expect(results).toMatchObject([
      { index: 0, result: { reason: 'aborted', attempts: 1, mayBeStored: true } },
      { index: 1, result: { reason: 'aborted', attempts: 0, mayBeStored: false } },
    ]);
    expect(seen).toHaveLength(1);
  });

  it('throws what the source throws, after the results of what it gave', async () => {
    const failing = (async function* () {
      yield entry(0);
      throw new Error('the file ends here');
    })();
    const { client, clock } = startFakeStage(accept);
    const results = client.stream(failing);
    expect(await clock.run(results.next())).toMatchObject({ value: { index: 0, result: { ok: true } } });
    await expect(clock.run(results.next())).rejects.toThrow('the file ends here');
  });

  it('sends what is ready as batches, and a part of one when it has waited', async () => {
    const { client, clock, seen } = startFakeStage((request) =>
      batchAnswer(idsOf(request).map(() => 'accepted')),
    );
    const slow = (async function* () {
      for (let i = 0; i < MAX_BATCH_ENTRIES + 2; i++) yield entry(i);
      await clock.sleep(1_000);
      yield entry('late');
    })();
    const results = await clock.run(collect(client.stream(slow, { batchLingerMs: 50 })));
    expect(seen.map((request) => [request.atMs, idsOf(request).length])).toEqual([
      [0, MAX_BATCH_ENTRIES],
      [50, 2],
      [1_000, 1],
    ]);
    expect(results).toHaveLength(MAX_BATCH_ENTRIES + 3);
  });

  it.each([
    ['takes each at once', () => Promise.resolve()],
    ['does something with each', () => new Promise<void>((resolve) => setImmediate(resolve))],
  ])('sends full batches of a source that is ready, for a reader that %s', async (_name, pause) => {
    const { client, clock, seen } = startFakeStage((request) =>
      batchAnswer(idsOf(request).map(() => 'accepted')),
    );
    const read = async () => {
      let count = 0;
      for await (const { result } of client.stream(openLog(2_000).source, { batchLingerMs: 50 })) {
        count += result.ok ? 1 : 0;
        await pause();
      }
      return count;
    };
    // The reader's pause is no matter of the clock's: it is given turns until it is done.
    let taken: number | null = null;
    void read().then((count) => (taken = count));
    while (taken === null) await clock.advance(1);
    expect(taken).toBe(2_000);
    expect(seen.length).toBeLessThanOrEqual(25);
  });

  it('waits for nothing where it is told so', async () => {
    const { client, clock, seen } = startFakeStage((request) =>
      batchAnswer(idsOf(request).map(() => 'accepted')),
    );
    await clock.run(collect(client.stream(openLog(6).source, { batchLingerMs: 0 })));
    expect(seen.map((request) => [request.atMs, idsOf(request).length])).toEqual([[0, 6]]);
  });

  it('tells an entry that throws when it is read as invalid, and goes on', async () => {
    const { proxy, revoke } = Proxy.revocable(entry(1), {});
    revoke();
    const { client, clock } = startFakeStage(accept);
    const results = await clock.run(collect(client.stream([entry(0), proxy, entry(2)])));
    expect(results.map(({ index, result }) => [index, result.ok]).sort()).toEqual([
      [0, true],
      [1, false],
      [2, true],
    ]);
  });

  it('does not wait for a batch to fill that can not', async () => {
    const { client, clock, seen } = startFakeStage((request) =>
      batchAnswer(idsOf(request).map(() => 'accepted')),
    );
    await clock.run(collect(client.stream(openLog(6).source, { batchLingerMs: 10_000, maxPending: 3 })));
    expect(seen.map((request) => idsOf(request).length).reduce((sum, count) => sum + count, 0)).toBe(6);
    expect(clock.monotonicMs()).toBeLessThan(10_000);
  });

  it('reports every entry exactly once, and none as not stored that is, whatever the stage does', async () => {
    const options = fc.record({
      maxPending: fc.integer({ min: 1, max: 40 }),
      deadlineMs: fc.integer({ min: 1, max: 3_000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.nat(120),
        answersOf([200, 200, 200, 403, 409, 429, 500, 502, 503, 504, 'reset']),
        options,
        fc.boolean(),
        async (count, answers, call, isBatched) => {
          const table = openTable(answers);
          const { client, clock } = startFakeStage(isBatched ? table.answerBatch : table.answerEntry);
          const { source } = openLog(count);
          const batch = isBatched ? { batchLingerMs: 5 } : {};
          const results = await clock.run(collect(client.stream(source, { ...call, ...batch })));
          expect(results.map(({ index }) => index).sort((a, b) => a - b)).toEqual([
            ...new Array(count).keys(),
          ]);
          for (const { index, input } of results) expect(input.id).toBe(String(index));
          table.expectTruth(results.map(({ input, result }) => [input.id, result]));
          await clock.advance(0);
          expect(clock.timers).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });
});
