import fc from 'fast-check';
import { FakeClock } from './__fixtures__/fake-clock.ts';
import { answer, entry, startFakeStage, type FakeStage } from './__fixtures__/fake-stage.ts';

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
