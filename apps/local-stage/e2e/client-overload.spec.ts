import { createClient } from '@spillway/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { asSent, startIngestStage, type IngestStage } from './ingest-stage.ts';
import { synthesizeStages, type IngestTemplates } from './ingest-stages.ts';
import { readAccessLog, type LoggedRequest } from './read-access-log.ts';
import { readMetrics } from './read-metrics.ts';

const LIMITS = { rateLimit: 50, burstLimit: 25 };
const CLIENTS = 10;
const OFFERED_PER_SECOND = 500;
const OFFERED_SECONDS = 2.5;
const PER_CLIENT = (OFFERED_PER_SECOND * OFFERED_SECONDS) / CLIENTS;

/** Until the last tenth is left: then fewer clients wait than it takes to use the limit. */
const BUSY_RATIO = 0.9;

/** From here on a machine that stood still can have cost tokens: two such gaps fill a bucket that was nearly empty. */
const STALL_MS = 150;
const MOST_TRIES = 3;

/** At the log, a tenth of a second apart: a line that is not there after 20 s never comes. */
const MOST_LOOKS = 200;

const DELAY = {
  namespace: 'Spillway/LocalStage',
  metric: 'EventLoopDelay',
  dimensions: {},
  stat: 'Maximum',
} as const;

let templates: IngestTemplates;
let logs: string;
let stage: IngestStage;

beforeAll(async () => {
  templates = synthesizeStages({ throttled: { auth: 'none' } }, LIMITS);
  logs = mkdtempSync(join(tmpdir(), 'spillway-client-'));
  stage = await startIngestStage(templates.fileOf('throttled'), `--log-dir=${logs}`);
}, 120_000);

afterAll(async () => {
  await stage?.stop();
  templates?.dispose();
  rmSync(logs, { recursive: true, force: true });
});

interface Flood {
  /** Refusals an entry, by client. */
  readonly refusedPerEntry: readonly number[];
  /** Of what the bucket allows in the time. */
  readonly admittedRatio: number;
  /** Longest that stage or clients stood still. */
  readonly stallMs: number;
}

const entryOf = (id: string) => ({ id, title: 'kkkg', year: 2023, attributes: { of: id } });

/** Ten clients, each with its own knowledge of the stage, send at a steady pace, whatever becomes of what they sent. */
async function flood(name: string): Promise<Flood> {
  const sinceMs = Date.now();
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startMs = performance.now();
  const attempts = await Promise.all(
    Array.from({ length: CLIENTS }, async (_each, c) => {
      const client = createClient({ url: stage.baseUrl, deadlineMs: 120_000 });
      const results = await Promise.all(
        Array.from({ length: PER_CLIENT }, async (_entry, i) => {
          const dueMs = startMs + ((i * CLIENTS + c) * 1_000) / OFFERED_PER_SECOND;
          await sleep(Math.max(0, dueMs - performance.now()));
          return client.ingest(entryOf(`${name}-${c}-${i}`));
        }),
      );
      expect(results.filter(({ ok }) => !ok)).toEqual([]);
      return results.reduce((sum, result) => sum + result.attempts, 0);
    }),
  );
  delay.disable();
  const log = await wholeLog(
    sinceMs,
    attempts.reduce((sum, count) => sum + count, 0),
  );
  const [gapsMs = []] = await readMetrics(stage, [DELAY], sinceMs);
  return {
    refusedPerEntry: attempts.map((count) => (count - PER_CLIENT) / PER_CLIENT),
    admittedRatio: admittedRatioOf(log),
    stallMs: Math.max(delay.max / 1e6, ...gapsMs),
  };
}

/**
 * The log, once it has every request that the clients count: it is written behind the answers.
 * @param sent requests that the clients count
 */
async function wholeLog(sinceMs: number, sent: number): Promise<readonly LoggedRequest[]> {
  for (let tried = 1; ; tried++) {
    const log = readAccessLog(logs).filter(({ receivedMs }) => receivedMs >= sinceMs);
    if (log.length >= sent) return log;
    if (tried === MOST_LOOKS)
      throw new Error(`the log lacks requests: ${JSON.stringify({ logged: log.length, sent })}`);
    await sleep(100);
  }
}

function admittedRatioOf(log: readonly LoggedRequest[]): number {
  const admitted = log.filter(({ status }) => status !== 429);
  const busy = admitted.slice(0, Math.ceil(BUSY_RATIO * admitted.length));
  const spanMs = (busy.at(-1)?.receivedMs ?? NaN) - (log[0]?.receivedMs ?? NaN);
  return busy.length / (LIMITS.burstLimit + (LIMITS.rateLimit * spanMs) / 1_000);
}

describe('ten clients that offer 500 requests/s to a stage throttled to 50', () => {
  it('use the limit, are refused at most twice an entry, and every entry arrives exactly once', async () => {
    const sent: unknown[] = [];
    for (let tried = 1; ; tried++) {
      const { refusedPerEntry, admittedRatio, stallMs } = await flood(String(tried));
      for (let c = 0; c < CLIENTS; c++)
        for (let i = 0; i < PER_CLIENT; i++) sent.push(entryOf(`${tried}-${c}-${i}`));
      expect(Math.max(...refusedPerEntry)).toBeLessThanOrEqual(2);
      // Never more than the bucket allows, or the measure is wrong; a ms at either end, as the log is in whole ones.
      expect(admittedRatio).toBeLessThan(1.01);
      if (admittedRatio >= 0.95) break;
      // Only a machine that stood still excuses less, and not for ever.
      expect({ admittedRatio, isExcused: stallMs >= STALL_MS && tried < MOST_TRIES }).toMatchObject({
        isExcused: true,
      });
      // The bucket is full again for the next.
      await sleep((1_000 * LIMITS.burstLimit) / LIMITS.rateLimit);
    }
    const stored = (await stage.items()).map(asSent);
    expect(stored).toHaveLength(sent.length);
    expect(new Map(stored.map((item) => [item['id'], item]))).toEqual(
      new Map(sent.map((entry) => [(entry as { id: string }).id, entry])),
    );
  }, 200_000);
});
