import { setTimeout as sleep } from 'node:timers/promises';
import { Connections } from './connections.ts';
import type { ClosedJob, LoadResult } from './job.ts';
import { Ledger } from './ledger.ts';

/** A contestant that has died refuses faster than any answers: without a pause that would be all that is sent. */
const PAUSE_AFTER_FAILURE_MS = 10;

/** Keeps `connections` requests in flight until the time is over or all requests are sent. */
export async function runClosedLoop(job: ClosedJob): Promise<LoadResult> {
  const connections = new Connections(job.url, job.connections);
  const ledger = new Ledger();
  const startMs = performance.now();
  const endMs = startMs + job.durationMs;
  const limit = job.requests ?? Infinity;
  const connection = async () => {
    while (performance.now() < endMs && ledger.sent < limit) {
      const sequence = ledger.send();
      const sentMs = performance.now();
      const ending = await connections.post(`${job.idPrefix}${sequence}`);
      ledger.settle(sequence, ending, performance.now() - sentMs);
      if (!/^\d+$/.test(ending.ending)) await sleep(PAUSE_AFTER_FAILURE_MS);
    }
  };
  await Promise.all(Array.from({ length: job.connections }, connection));
  const tookMs = performance.now() - startMs;
  await connections.close();
  return { tally: ledger.tally(), latencyMs: ledger.latencyMs(), tookMs };
}
