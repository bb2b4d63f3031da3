/**
 * What the pool costs and how many environments this machine carries: figures to compare with each other, not
 * with another day's. Run: `node bench/pool.ts [seconds per row]`
 */
import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTables } from '../src/dynamodb/create-tables.ts';
import { startEngine } from '../src/dynamodb/start-engine.ts';
import { AccountConcurrency } from '../src/lambda/account-concurrency.ts';
import { FunctionPool } from '../src/lambda/function-pool.ts';

const ROWS = [
  { handler: 'trivial', environments: [1, 2, 4, 8, 16], connections: 32 },
  { handler: 'putsItem', environments: [1, 2, 4, 8, 16, 32], connections: 32 },
] as const;

const NO_METRICS = { record: () => {}, series: () => ({ record: () => {} }) };

const seconds = Number(process.argv[2] ?? 2);
const event = { httpMethod: 'POST', path: '/', headers: { host: '127.0.0.1' }, body: 'x'.repeat(1_000) };
const directory = mkdtempSync(join(tmpdir(), 'pool-bench-'));
const engine = await startEngine({ kind: 'auto' });

try {
  const entryPoint = new URL('./handlers.ts', import.meta.url).pathname;
  const outfile = join(directory, 'index.cjs');
  await build({ entryPoints: [entryPoint], outfile, bundle: true, platform: 'node', logLevel: 'error' });
  await createTables(engine.endpoint, [
    {
      tableName: 'entries',
      keySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      attributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    },
  ]);
  console.log('handler    environments    per s   ratio    p50 ms    p99 ms   (32 connections, closed loop)');
  for (const { handler, environments, connections } of ROWS) {
    let best = 0;
    for (const count of environments) {
      const { perSecond, p50Ms, p99Ms } = await measure(handler, count, connections);
      best = Math.max(best, perSecond);
      const figures = [
        perSecond.toFixed(0),
        (perSecond / best).toFixed(2),
        p50Ms.toFixed(1),
        p99Ms.toFixed(1),
      ];
      console.log(handler.padEnd(10), String(count).padStart(12), ...figures.map((text) => text.padStart(8)));
    }
  }
  await startFigures();
} finally {
  await engine.stop();
  rmSync(directory, { recursive: true });
}

function openPool(handler: string, maxEnvironments: number): FunctionPool {
  const definition = {
    name: 'bench',
    arn: 'arn:aws:lambda:us-east-1:000000000000:function:bench',
    bundleDirectory: directory,
    handler: `index.${handler}`,
    environment: { AWS_ENDPOINT_URL: engine.endpoint },
    timeoutMs: 10_000,
    memorySizeMb: 512,
    reservedConcurrency: null,
  };
  const host = { maxEnvironments, onCeilingReached: () => {}, onFailure: () => {} };
  // The 10× rule would bind first: 20,000 is far above what any row reaches.
  return new FunctionPool(definition, host, new AccountConcurrency(20_000), NO_METRICS);
}

/** Closed loop; the first half warms every environment's own JIT and is not counted. */
async function measure(handler: string, environments: number, connections: number) {
  const pool = openPool(handler, environments);
  const latenciesMs: number[] = [];
  const countFromMs = performance.now() + seconds * 1000;
  const endMs = countFromMs + seconds * 1000;
  const connection = async () => {
    for (;;) {
      const startedMs = performance.now();
      if (startedMs >= endMs) return;
      const outcome = await pool.invoke(event, { requestId: 'bench', traceId: 'Root=1-0-0' });
      if (outcome.kind !== 'returned')
        throw new Error(`bench: found ${JSON.stringify(outcome)}, want an answer`);
      if (startedMs >= countFromMs) latenciesMs.push(performance.now() - startedMs);
    }
  };
  await Promise.all(Array.from({ length: connections }, connection));
  await pool.close();
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) => latenciesMs[Math.floor(latenciesMs.length * share)] ?? NaN;
  return { perSecond: latenciesMs.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

/** From idle: the first request with and without a spare, and a burst of 1,000. */
async function startFigures(): Promise<void> {
  const pool = openPool('trivial', 8);
  const invoke = () => pool.invoke(event, { requestId: 'bench', traceId: 'Root=1-0-0' });
  const firstMs = await timed(invoke);
  const burstMs = await timed(() => Promise.all(Array.from({ length: 1_000 }, invoke)));
  console.log(
    `first request, pool opened just now: ${firstMs.toFixed(0)} ms; burst of 1,000: ${burstMs.toFixed(0)} ms`,
  );
  await pool.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}
