import { simulate, type SimulationResult, type StageModel } from '@spillway/simulation';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Account } from './stage-account.ts';
import { spanMetrics, type SpanMetrics } from './stage-metrics.ts';
import { sendRequests, startWaitingStage, type WaitingLimits, type WaitingStage } from './waiting-stage.ts';

const SPAN_MS = 3000;

/** Spans that are judged together, and tries to get them: one in which this machine stood still tells nothing. */
const SPANS = 4;
const MOST_TRIES = 24;

/** A quarter of an invocation: the model has no machine that stands still, or on which an answer waits for longer. */
const STALL_MS = 50;

/** After it the bucket is full, the last second had no request, and the logs and metrics are written. */
const PAUSE_MS = 1600;

/** Looks for lines that a slow machine has not written yet. */
const MOST_LOOKS = 20;

// Whatever else runs on this machine can hold the stage up in many small pieces, which says nothing of the model.
jest.retryTimes(2, { logErrorsBeforeRetry: true });

/** Poisson arrivals by inversion; with numbers that the simulation knows nothing of. */
function poissonInstants(perSecond: number, seed: number): readonly number[] {
  let state = seed;
  const instants: number[] = [];
  for (let atMs = 0; ;) {
    // Lehmer's generator, modulus 2^31 − 1 (Park and Miller, CACM 31, 1988).
    state = (state * 48_271) % 2_147_483_647;
    atMs -= (1000 / perSecond) * Math.log(state / 2_147_483_647);
    if (atMs >= SPAN_MS) return instants;
    instants.push(atMs);
  }
}

/** The same limits through the model: what came when, and Lambda's Duration of what ran, are all that it is told. */
function simulated(limits: WaitingLimits, account: Account): SimulationResult {
  const stage: StageModel = {
    gateway: {
      stage: { rateLimit: limits.rateLimit, burstLimit: limits.burstLimit },
      account: { rateLimit: 10_000, burstLimit: 5000 },
      timeoutMs: 29_000,
    },
    function: {
      reservedConcurrency: limits.concurrency,
      accountConcurrency: 1000,
      otherReservedConcurrency: 0,
      timeoutMs: 10_000,
      coldStartMs: 0,
      idleMs: 300_000,
      warmEnvironments: limits.concurrency,
    },
    service: { kind: 'recorded', timesMs: Float64Array.from(account.flatMap((row) => row.durationMs ?? [])) },
    table: null,
    overheadMs: 0,
  };
  const firstMs = account[0]?.receivedMs ?? 0;
  const instantsMs = Float64Array.from(account, ({ receivedMs }) => receivedMs - firstMs);
  const clients = { count: 1, plan: null, retry: null };
  return simulate(stage, { arrivals: { kind: 'recorded', instantsMs }, clients }, { seed: 1, lateMs: 500 });
}

interface Span extends SpanMetrics {
  readonly account: Account;
}

/** Sends one span of requests to a quiet stage, and waits until it is quiet again. */
async function span(stage: WaitingStage, perSecond: number, seed: number): Promise<Span> {
  const sinceMs = Date.now();
  const status = await sendRequests(stage.baseUrl, poissonInstants(perSecond, seed));
  await sleep(PAUSE_MS);
  let account = stage.accountSince(sinceMs);
  const isWhole = () =>
    account.length === status.length && account.every((row) => row.status !== 200 || row.durationMs !== null);
  for (let look = 1; !isWhole(); look += 1) {
    if (look > MOST_LOOKS) throw new Error(`the logs have ${account.length} of ${status.length} requests`);
    await sleep(PAUSE_MS);
    account = stage.accountSince(sinceMs);
  }
  expect(account.map((row) => row.status).sort()).toEqual([...status].sort());
  return { account, ...(await spanMetrics(stage.awsEndpoint, sinceMs)) };
}

/** @throws Error where this machine was never quiet for long enough: then nothing is known, good or bad */
async function quietSpans(limits: WaitingLimits, perSecond: number): Promise<readonly Span[]> {
  const stage = await startWaitingStage(limits);
  try {
    for (let round = 0; round < 3; round += 1) {
      await sendRequests(stage.baseUrl, new Array<number>(limits.concurrency).fill(0));
      await sleep(PAUSE_MS);
    }
    const quiet: Span[] = [];
    const noisy: string[] = [];
    for (let seed = 1; quiet.length < SPANS && seed <= MOST_TRIES; seed += 1) {
      const one = await span(stage, perSecond, 12_345 * seed);
      const { stageGapMs, hostQueued } = one;
      const waitMs = Math.max(0, ...one.account.map((row) => row.slotMs - (row.durationMs ?? row.slotMs)));
      if (Math.max(stageGapMs, waitMs) < STALL_MS && hostQueued === 0) quiet.push(one);
      else noisy.push(`${Math.round(stageGapMs)} and ${Math.round(waitMs)} ms, ${hostQueued} queued`);
    }
    if (quiet.length === SPANS) return quiet;
    throw new Error(
      `inconclusive: ${quiet.length} of ${MOST_TRIES} spans were quiet, want ${SPANS} in which the stage stands still and ` +
        `an answer waits beyond its Duration for less than ${STALL_MS} ms, and nothing is queued; found ${noisy.join('; ')}`,
    );
  } finally {
    await stage.stop();
  }
}

const sumOf = <Item>(items: readonly Item[], of: (item: Item) => number) =>
  items.reduce((sum, item) => sum + of(item), 0);

describe('a simulation beside the local stage under the same limits and arrivals', () => {
  it.each<[string, WaitingLimits, number]>([
    ['the throttle binds and concurrency does not', { rateLimit: 90, burstLimit: 30, concurrency: 60 }, 140],
    ['the reserved concurrency binds', { rateLimit: 300, burstLimit: 100, concurrency: 20 }, 130],
    ['both bind', { rateLimit: 100, burstLimit: 20, concurrency: 20 }, 150],
  ])(
    'agrees where %s: shares within 2 points, concurrency within 5 %%',
    async (_what, limits, perSecond) => {
      const spans = await quietSpans(limits, perSecond);
      const models = spans.map(({ account }) => simulated(limits, account).totals);
      const rows = spans.flatMap(({ account }) => account);
      const share = (status: number) => rows.filter((row) => row.status === status).length / rows.length;
      const modelled = (count: (totals: SimulationResult['totals']) => number) =>
        sumOf(models, count) / rows.length;
      const throttled = modelled(({ outcomes }) => outcomes['throttled-by-stage']);
      const refused = modelled(
        ({ outcomes }) => outcomes['refused-by-reserved-concurrency'] + outcomes['refused-by-ten-times-rule'],
      );
      expect(share(200) + share(429) + share(500)).toBeCloseTo(1, 9);
      expect(Math.abs(share(429) - throttled)).toBeLessThan(0.02);
      expect(Math.abs(share(500) - refused)).toBeLessThan(0.02);

      // The slots of the stage itself, of which the model knows nothing.
      const mean = sumOf(rows, (row) => (row.status === 200 ? row.slotMs : 0)) / (SPANS * SPAN_MS);
      const meanModelled = sumOf(models, ({ inUseMs }) => inUseMs) / (SPANS * SPAN_MS);
      expect(Math.abs(mean / meanModelled - 1)).toBeLessThan(0.05);
      const most = Math.max(...spans.map(({ concurrencyMax }) => concurrencyMax));
      const mostModelled = Math.max(...models.map(({ inUseMax }) => inUseMax));
      // There is no part of an environment: 5 % of less than 20 would be none.
      expect(Math.abs(most - mostModelled)).toBeLessThanOrEqual(Math.max(1, 0.05 * mostModelled));
    },
    300_000,
  );
});
