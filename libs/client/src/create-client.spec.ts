import { answer, entry, LATENCY_MS, startFakeStage } from './__fixtures__/fake-stage.ts';
import { FakeClock, START_DATE_MS } from './__fixtures__/fake-clock.ts';
import { createClient } from './create-client.ts';

const never = () => new Promise<Response>(() => undefined);

describe('createClient', () => {
  it('refuses options that cannot be meant, of the client and of a call', async () => {
    expect(() => createClient({ url: 'prod' })).toThrow(
      expect.objectContaining({ code: 'CLIENT_OPTIONS_REFUSED' }),
    );
    const { client } = startFakeStage(() => answer(200));
    const call = { deadlineMs: -1 };
    const refusal = { code: 'CLIENT_OPTIONS_REFUSED', option: 'deadlineMs' };
    await expect(client.ingest(entry(1), call)).rejects.toMatchObject(refusal);
    await expect(client.ingestBatch([entry(1)], call)).rejects.toMatchObject(refusal);
    expect(() => client.stream([entry(1)], call)).toThrow(expect.objectContaining(refusal));
  });
});

describe('createClient, ingest', () => {
  it('sends an entry as it is stored, with the key of the plan', async () => {
    const { client, clock, seen } = startFakeStage(() => answer(200), { apiKey: 'plan-key' });
    const result = await clock.run(client.ingest({ id: '1', title: 'kkkg', year: '2023' }));
    expect(result).toEqual({ ok: true, entry: entry(1), attempts: 1 });
    expect(seen.map(({ url, body }) => [url, body])).toEqual([
      ['https://stage.test/prod/', JSON.stringify(entry(1))],
    ]);
    expect(seen[0]?.headers.get('content-type')).toBe('application/json');
    expect(seen[0]?.headers.get('x-api-key')).toBe('plan-key');
    expect(clock.timers).toBe(0);
  });

  it('sends what it was given, whatever becomes of it while it waits', async () => {
    const { client, clock, seen } = startFakeStage((_request, number) => answer(number === 1 ? 503 : 200));
    const changing = { ...entry(1), attributes: { count: 1 } };
    const work = client.ingest(changing);
    changing.attributes.count = 2;
    await clock.run(work);
    expect(seen.map(({ body }) => body)).toEqual(new Array(2).fill(expect.stringContaining('"count":1')));
  });

  it('sends nothing that the service would refuse', async () => {
    const { client, clock, seen } = startFakeStage(() => answer(200));
    const result = await clock.run(client.ingest({ ...entry(1), year: -1 }));
    expect(result).toMatchObject({ ok: false, reason: 'invalid', attempts: 0, issues: [{ path: '$.year' }] });
    expect(seen).toHaveLength(0);
  });

  it.each([
    [429, 1],
    [500, 1],
    [502, 2],
    [503, 3],
    [504, 4],
  ])('sends again after %i, %i times, until it is stored', async (status, times) => {
    const { client, clock, seen } = startFakeStage((_request, number) =>
      answer(number > times ? 200 : status),
    );
    expect(await clock.run(client.ingest(entry(1)))).toMatchObject({ ok: true, attempts: times + 1 });
    expect(new Set(seen.map(({ body }) => body)).size).toBe(1);
  });

  it.each([
    [400, 'invalid'],
    [403, 'forbidden'],
    [404, 'rejected'],
    [409, 'conflict'],
    [413, 'too-large'],
  ])('sends once, and not again after %i', async (status, reason) => {
    const { client, clock, seen } = startFakeStage(() => answer(status));
    const result = await clock.run(client.ingest(entry(1)));
    expect(result).toMatchObject({ ok: false, reason, attempts: 1, mayBeStored: false });
    expect(seen).toHaveLength(1);
  });

  it('leaves a used-up quota alone, and says when it comes back', async () => {
    const quota = () => answer(429, 'Limit Exceeded', { 'retry-after': '3600' });
    const { client, clock } = startFakeStage(quota);
    expect(await clock.run(client.ingest(entry(1)))).toMatchObject({
      reason: 'quota',
      attempts: 1,
      status: 429,
      retryAfterMs: 3_600_000,
    });
  });

  it('sends again after a broken connection, and says that the entry may be stored when it gives up', async () => {
    const broken = new TypeError('fetch failed', { cause: new Error('read ECONNRESET') });
    const mended = startFakeStage((_request, number) => (number === 1 ? broken : answer(200)));
    expect(await mended.clock.run(mended.client.ingest(entry(1)))).toMatchObject({ ok: true, attempts: 2 });
    const { client, clock } = startFakeStage(() => broken);
    expect(await clock.run(client.ingest(entry(1)))).toMatchObject({
      ok: false,
      reason: 'connection',
      message: 'no answer: fetch failed: read ECONNRESET',
      mayBeStored: true,
    });
  });

  it('calls a conflict not stored, even after an attempt whose end is unknown, and a missing permission unknown', async () => {
    const afterReset = (status: number) =>
      startFakeStage((_request, number) => (number === 1 ? new TypeError('reset') : answer(status)));
    const conflict = afterReset(409);
    const forbidden = afterReset(403);
    expect(await conflict.clock.run(conflict.client.ingest(entry(1)))).toMatchObject({ mayBeStored: false });
    expect(await forbidden.clock.run(forbidden.client.ingest(entry(1)))).toMatchObject({ mayBeStored: true });
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', new Date(START_DATE_MS + 10_000).toUTCString(), 10_000 - LATENCY_MS],
  ])('comes back no sooner than Retry-After says, in %s', async (_name, retryAfter, waitMs) => {
    const script = (_request: unknown, number: number) =>
      number === 1 ? answer(429, 'Too Many Requests', { 'retry-after': retryAfter }) : answer(200);
    const { client, clock, seen } = startFakeStage(script, { random: () => 0 });
    await clock.run(client.ingest(entry(1)));
    expect((seen[1]?.atMs ?? 0) - LATENCY_MS).toBe(waitMs);
  });

  it('ends at once where Retry-After is beyond the deadline', async () => {
    const { client, clock, seen } = startFakeStage(() => answer(503, 'later', { 'retry-after': '60' }));
    expect(await clock.run(client.ingest(entry(1)))).toMatchObject({
      reason: 'unavailable',
      attempts: 1,
      retryAfterMs: 60_000,
    });
    expect([seen.length, clock.monotonicMs()]).toEqual([1, LATENCY_MS]);
  });

  it('ends within its deadline with what it met last, having tried as often as that allowed', async () => {
    const { client, clock, seen } = startFakeStage(() => answer(429));
    const result = await clock.run(client.ingest(entry(1), { deadlineMs: 5_000 }));
    expect(result).toMatchObject({
      reason: 'throttled',
      attempts: seen.length,
      mayBeStored: false,
      status: 429,
    });
    expect(seen.length).toBeGreaterThan(4);
    expect(clock.monotonicMs()).toBeLessThanOrEqual(5_000);
  });

  it('gives up an attempt that nobody answers, and sends it again', async () => {
    const script = (_request: unknown, number: number) => (number === 1 ? never() : answer(200));
    const { client, clock, seen } = startFakeStage(script, { attemptTimeoutMs: 1_000, random: () => 0 });
    expect(await clock.run(client.ingest(entry(1)))).toMatchObject({ ok: true, attempts: 2 });
    expect(seen[1]?.atMs).toBe(1_000);
  });

  it('ends at its deadline where nobody answers at all', async () => {
    const { client, clock } = startFakeStage(never);
    const result = await clock.run(client.ingest(entry(1), { deadlineMs: 500 }));
    expect(result).toMatchObject({ reason: 'deadline', attempts: 1, mayBeStored: true });
    expect([clock.monotonicMs(), clock.timers]).toEqual([500, 0]);
  });

  it.each([
    ['before it is sent', 0, 0, false],
    ['while it is under way', LATENCY_MS / 2, 1, true],
    ['while it waits to be sent again', LATENCY_MS + 10, 1, false],
  ])('ends with the caller’s signal %s', async (_name, atMs, attempts, mayBeStored) => {
    const { client, clock } = startFakeStage(() => answer(429));
    const controller = new AbortController();
    if (atMs === 0) controller.abort();
    const work = client.ingest(entry(1), { signal: controller.signal });
    await clock.advance(atMs);
    controller.abort();
    expect(await clock.run(work)).toMatchObject({ reason: 'aborted', attempts, mayBeStored });
    expect(clock.monotonicMs()).toBe(atMs);
  });

  it('has no more requests under way than allowed', async () => {
    const clock = new FakeClock();
    let underWay = 0;
    let most = 0;
    const fetch = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await clock.sleep(LATENCY_MS);
      underWay -= 1;
      return answer(200);
    };
    const { client } = startFakeStage(() => answer(200), { maxInFlight: 3, fetch }, clock);
    await clock.run(Promise.all(Array.from({ length: 20 }, (_each, i) => client.ingest(entry(i)))));
    expect(most).toBe(3);
  });

  it('asks the provider of credentials before every attempt, and tells what it throws', async () => {
    const authorizations: (string | null)[] = [];
    const credentials = () => {
      if (authorizations.length === 2) throw new Error('session is over');
      return { accessKeyId: `id${authorizations.length}`, secretAccessKey: 'secret' };
    };
    const client = createClient({
      url: 'https://stage.test/prod',
      auth: { sigV4: { region: 'eu-west-1', credentials } },
      // WebCrypto takes time of its own: the clock is real, and the waits are none.
      random: () => 0,
      fetch: async (_input, init) => {
        authorizations.push(new Headers(init?.headers).get('authorization'));
        return answer(503);
      },
    });
    expect(await client.ingest(entry(1))).toMatchObject({
      reason: 'credentials',
      message: 'not signed: session is over',
      attempts: 2,
      mayBeStored: true,
    });
    expect(authorizations).toEqual([
      expect.stringContaining('Credential=id0/'),
      expect.stringContaining('Credential=id1/'),
    ]);
  });
});
