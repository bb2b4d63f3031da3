import fc from 'fast-check';
import { FakeClock } from './__fixtures__/fake-clock.ts';
import { answer, entry, LATENCY_MS, startFakeStage, type FakeStage } from './__fixtures__/fake-stage.ts';
import { LAST_PROBE_MS, START_REQUESTS } from './adaptive-throttle.ts';
import { MAX_QUOTA_MS } from './send-gate.ts';

const CLIENTS = 10;
const OFFERED_PER_SECOND = 500;
const OFFERED_SECONDS = 3;
const LIMIT_PER_SECOND = 50;

/** Lehmer's generator, modulus 2^31 − 1 (Park and Miller, CACM 31, 1988). */
function seededRandom(seed: number) {
  let state = 1 + (seed % 2_147_483_646);
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A stage behind a token bucket (F1), and when it admitted what. */
function openBucket(clock: FakeClock, burst: number) {
  let tokens = burst;
  let lastMs = 0;
  const admittedMs: number[] = [];
  const admit = () => {
    const nowMs = clock.monotonicMs();
    tokens = Math.min(burst, tokens + ((nowMs - lastMs) / 1_000) * LIMIT_PER_SECOND);
    lastMs = nowMs;
    if (tokens < 1) return answer(429, 'Too Many Requests', { 'retry-after': '1' });
    tokens -= 1;
    admittedMs.push(nowMs);
    return answer(200);
  };
  return { admit, admittedMs };
}

/** Ten clients that together offer ten times what the bucket admits, at a steady pace, and wait for all of it. */
async function overload(burst: number, seed: number) {
  const clock = new FakeClock();
  const bucket = openBucket(clock, burst);
  const random = seededRandom(seed);
  const stages: FakeStage[] = [];
  const works: Promise<readonly { readonly ok: boolean }[]>[] = [];
  const perClient = (OFFERED_PER_SECOND * OFFERED_SECONDS) / CLIENTS;
  for (let c = 0; c < CLIENTS; c++) {
    const stage = startFakeStage(bucket.admit, { random, deadlineMs: 300_000 }, clock);
    stages.push(stage);
    const startMs = random() * 20;
    const send = async (i: number) => {
      await clock.sleep(startMs + (i * 1_000 * CLIENTS) / OFFERED_PER_SECOND);
      return stage.client.ingest(entry(`${c}-${i}`));
    };
    works.push(Promise.all(Array.from({ length: perClient }, (_each, i) => send(i))));
  }
  const results = (await clock.run(Promise.all(works))).flat();
  const refusedPerEntry = stages.map(({ seen }) => (seen.length - perClient) / perClient);
  return { results, refusedPerEntry, admittedMs: bucket.admittedMs };
}

describe('ten clients that offer 500 requests/s to a stage throttled to 50', () => {
  it.each([25, 50])(
    'use the limit, are refused less than twice an entry, and lose nothing: burst %i',
    async (burst) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(1_000_000), async (seed) => {
          const { results, refusedPerEntry, admittedMs } = await overload(burst, seed);
          expect(results.filter(({ ok }) => ok)).toHaveLength(OFFERED_PER_SECOND * OFFERED_SECONDS);
          expect(Math.max(...refusedPerEntry)).toBeLessThan(2);
          // Until the last tenth: then fewer clients are left than it takes to use the limit.
          const most = Math.floor(0.9 * admittedMs.length);
          const allowed = burst + (LIMIT_PER_SECOND * (admittedMs[most - 1] ?? 0)) / 1_000;
          expect(most / allowed).toBeGreaterThan(0.95);
        }),
        { numRuns: 3 },
      );
    },
  );
});

describe('a client whose stage was out for a minute', () => {
  it('has asked at most once a second in the end, and is back within four seconds', async () => {
    const OUT_MS = [10_000, 70_000] as const;
    const clock = new FakeClock();
    const isOut = () => clock.monotonicMs() >= OUT_MS[0] && clock.monotonicMs() < OUT_MS[1];
    const { client, seen } = startFakeStage(
      () => answer(isOut() ? 503 : 200),
      { deadlineMs: 200_000 },
      clock,
    );
    const send = async (i: number) => {
      await clock.sleep(i * 50);
      return client.ingest(entry(i));
    };
    const results = await clock.run(Promise.all(Array.from({ length: 2_000 }, (_each, i) => send(i))));
    expect(results.every(({ ok }) => ok)).toBe(true);
    const inLastHalfMinute = seen.filter(({ atMs }) => atMs > OUT_MS[1] - 30_000 && atMs < OUT_MS[1]);
    expect(inLastHalfMinute.length).toBeLessThanOrEqual(30);
    const within = seen.filter(({ atMs }) => atMs >= OUT_MS[1] && atMs < OUT_MS[1] + 4_000);
    expect(within.length).toBeGreaterThan(1_000);
  });
});

describe('a client whose calls have less time than a probe waits', () => {
  it('finds a stage that is back, though each call comes alone', async () => {
    const deadlineMs = 150;
    const clock = new FakeClock();
    let isOut = true;
    const { client, seen } = startFakeStage(() => answer(isOut ? 503 : 200), { deadlineMs }, clock);
    for (let i = 0; i < 400; i++) await clock.run(client.ingest(entry(i)));
    // No more than the start, and a probe each two seconds of a minute.
    expect(seen.length).toBeLessThan(60);
    isOut = false;
    const backMs = clock.monotonicMs();
    while (!(await clock.run(client.ingest(entry('back')))).ok) {
      expect(clock.monotonicMs() - backMs).toBeLessThan(2 * LAST_PROBE_MS);
    }
    for (let i = 0; i < 50; i++) expect(await clock.run(client.ingest(entry(i)))).toMatchObject({ ok: true });
  });
});

describe('a client whose callers give up', () => {
  it.each([
    [
      'by their signal',
      (clock: FakeClock, call: (signal: AbortSignal) => Promise<unknown>) => {
        const controller = new AbortController();
        clock.schedule(50, () => controller.abort());
        return call(controller.signal);
      },
    ],
    [
      'by their deadline',
      (_clock: FakeClock, call: (signal?: AbortSignal, deadlineMs?: number) => Promise<unknown>) =>
        call(undefined, 50),
    ],
  ])('spares a stage that does not answer, %s', async (_name, giveUp) => {
    const clock = new FakeClock();
    const { client, seen } = startFakeStage(() => new Promise<Response>(() => undefined), {}, clock);
    for (let i = 0; i < 200; i++) {
      await clock.run(giveUp(clock, (signal, deadlineMs) => client.ingest(entry(i), { signal, deadlineMs })));
    }
    // Ten seconds: the start, and probes after 0.2, 0.4, 0.8, 1.6 and then 2 s.
    expect(seen.length).toBeLessThan(START_REQUESTS + 10);
    expect(seen.length).toBeGreaterThan(START_REQUESTS);
  });
});

describe('a client that is refused for good', () => {
  it('tells every caller of a wrong key, and waits for nothing', async () => {
    const { client, clock, seen } = startFakeStage(() => answer(403, 'Forbidden'));
    const results = await clock.run(
      Promise.all(Array.from({ length: 500 }, (_each, i) => client.ingest(entry(i)))),
    );
    expect(results.every((result) => !result.ok && result.reason === 'forbidden')).toBe(true);
    // As many at a time as a client may send before anything is accepted.
    expect([seen.length, clock.monotonicMs()]).toEqual([500, LATENCY_MS * (500 / START_REQUESTS)]);
  });

  it('tells every caller at once that the quota is used up, and asks again after five minutes', async () => {
    let isUsedUp = true;
    const { client, clock, seen } = startFakeStage(() =>
      isUsedUp ? answer(429, 'Limit Exceeded', { 'retry-after': '3600' }) : answer(200),
    );
    const sendAll = () =>
      clock.run(Promise.all(Array.from({ length: 1_000 }, (_each, i) => client.ingest(entry(i)))));
    const results = await sendAll();
    expect(results.every((result) => !result.ok && result.reason === 'quota' && !result.mayBeStored)).toBe(
      true,
    );
    expect([seen.length, clock.monotonicMs()]).toEqual([START_REQUESTS, LATENCY_MS]);
    expect(await clock.run(client.ingest(entry('next')))).toMatchObject({
      reason: 'quota',
      attempts: 0,
      message: 'not sent: the quota is used up',
      retryAfterMs: MAX_QUOTA_MS,
    });
    isUsedUp = false;
    await clock.advance(MAX_QUOTA_MS);
    expect((await sendAll()).every(({ ok }) => ok)).toBe(true);
  });
});
