import { setTimeout as sleep } from 'node:timers/promises';
import { Connections } from './connections.ts';
import type { LoadResult, OpenJob } from './job.ts';
import { Ledger } from './ledger.ts';
import { dueAtMs, dueBy } from './pace.ts';

/** Finer than a timer can be kept on a busy machine; lateness counts into the latency anyway. */
const LOOK_MS = 1;

export interface OpenStream {
  readonly connections: Connections;
  readonly ledger: Ledger;
  readonly idPrefix: string;
  readonly ratePerSecond: number;
  readonly durationMs: number;
  /** @param dueMs the request's intended instant, from the stream's start */
  readonly onAnswer?: (dueMs: number, latencyMs: number, ending: string) => void;
}

/** Sends a stream at its rate; resolves when every request has ended. Latency counts from the intended instant. */
export async function sendStream(stream: OpenStream): Promise<void> {
  const { connections, ledger, ratePerSecond, durationMs } = stream;
  const startMs = performance.now();
  const answers: Promise<void>[] = [];
  let sent = 0;
  const send = async (dueMs: number): Promise<void> => {
    const sequence = ledger.send();
    const { ending, requestId } = await connections.post(`${stream.idPrefix}${sequence}`);
    const latencyMs = performance.now() - startMs - dueMs;
    ledger.settle(sequence, { ending, requestId }, latencyMs);
    stream.onAnswer?.(dueMs, latencyMs, ending);
  };
  const all = dueBy(durationMs, ratePerSecond, durationMs);
  while (sent < all) {
    for (const due = dueBy(performance.now() - startMs, ratePerSecond, durationMs); sent < due; sent += 1) {
      answers.push(send(dueAtMs(sent, ratePerSecond)));
    }
    await sleep(LOOK_MS);
  }
  await Promise.all(answers);
}

export async function runOpenLoop(job: OpenJob): Promise<LoadResult> {
  const connections = new Connections(job.url, null);
  const ledger = new Ledger();
  const startMs = performance.now();
  await sendStream({ ...job, connections, ledger });
  const tookMs = performance.now() - startMs;
  await connections.close();
  return { tally: ledger.tally(), latencyMs: ledger.latencyMs(), tookMs };
}
