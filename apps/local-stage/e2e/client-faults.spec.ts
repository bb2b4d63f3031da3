import { createClient, type StreamOptions, type StreamResult } from '@spillway/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { asSent, startIngestStage, type IngestStage } from './ingest-stage.ts';
import { synthesizeStages, type IngestTemplates } from './ingest-stages.ts';

/** Of the writes: refused by the table, failed in it, and written while their answer is lost. */
const FAULTS = ['throttle:rate=0.1', 'error:rate=0.1', 'lost:rate=0.1'];

/** How each of the clients sends, and how many entries. */
const WAYS: readonly (readonly [StreamOptions, number])[] = [
  [{}, 200],
  [{ maxPending: 1 }, 50],
  [{}, 200],
  [{ batchLingerMs: 20 }, 400],
  [{ batchLingerMs: 20, maxPending: 40 }, 400],
];
const ENTRIES = WAYS.reduce((sum, [, count]) => sum + count, 0);

/** Results after which the stage is killed. */
const KILLS = [0.2, 0.6].map((ratio) => Math.round(ratio * ENTRIES));

let templates: IngestTemplates;
let data: string;
let stage: IngestStage;

/** The same table again; what held it before may take a moment to let go. */
async function start(): Promise<IngestStage> {
  const options = [`--data-dir=${data}`, ...FAULTS.map((fault) => `--table-fault=${fault}`)];
  for (let tried = 1; ; tried++) {
    try {
      return await startIngestStage(templates.fileOf('failing'), ...options);
    } catch (error) {
      if (tried === 20) throw error;
      await sleep(250);
    }
  }
}

beforeAll(async () => {
  templates = synthesizeStages({ failing: { auth: 'none' } }, { rateLimit: 1000, burstLimit: 2000 });
  data = mkdtempSync(join(tmpdir(), 'spillway-client-'));
  stage = await start();
}, 120_000);

afterAll(async () => {
  await stage?.stop();
  templates?.dispose();
  rmSync(data, { recursive: true, force: true });
});

const entryOf = (id: string) => ({
  id,
  title: 'kkkg',
  year: 2023,
  attributes: { of: id, list: [1, 2.5, null] },
});

async function* entriesOf(c: number, count: number) {
  for (let i = 0; i < count; i++) yield entryOf(`${c}-${i}`);
}

describe('clients whose stage is killed and whose table fails', () => {
  it('store every entry exactly once, and say so of each', async () => {
    const origin = new URL(stage.baseUrl).origin;
    // A new process has a new port, as no test may count on an old one: the clients know one address only.
    const fetch: typeof globalThis.fetch = (input, init) =>
      globalThis.fetch(String(input).replace(origin, new URL(stage.baseUrl).origin), init);
    const results: StreamResult<ReturnType<typeof entryOf>>[] = [];
    let kills = 0;
    let restarting = Promise.resolve();
    const restart = async () => {
      stage.process.kill('SIGKILL');
      await stage.stop();
      stage = await start();
    };
    const url = stage.baseUrl;
    await Promise.all(
      WAYS.map(async ([options, count], c) => {
        const client = createClient({ url, fetch, deadlineMs: 90_000, attemptTimeoutMs: 10_000 });
        for await (const result of client.stream(entriesOf(c, count), options)) {
          results.push(result);
          const mark = KILLS[kills];
          if (mark === undefined || results.length < mark) continue;
          kills += 1;
          restarting = restarting.then(restart);
        }
      }),
    );
    await restarting;
    expect(kills).toBe(KILLS.length);
    expect(results.filter(({ result }) => !result.ok)).toEqual([]);
    expect(results).toHaveLength(ENTRIES);
    expect(new Set(results.map(({ input }) => input.id)).size).toBe(ENTRIES);
    // Something did go wrong, and was mended: else this proves nothing.
    expect(results.filter(({ result }) => result.attempts > 1).length).toBeGreaterThan(0);
    const stored = (await stage.items()).map(asSent);
    expect(stored).toHaveLength(ENTRIES);
    expect(new Map(stored.map((item) => [item['id'], item]))).toEqual(
      new Map(results.map(({ input }) => [input.id, input])),
    );
  }, 200_000);
});
