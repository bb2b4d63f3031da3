/**
 * Stands still for 1 s at given instants after its first request, and keeps when it did and when it answered each
 * sequence. Hands that over when it gets a message; instants are ms since the epoch.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the server kept. */
export interface StallRecord {
  readonly stalls: readonly { readonly startMs: number; readonly endMs: number }[];
  /** By sequence. */
  readonly answeredMs: readonly number[];
}

const STALL_MS = 1000;
const stallsAfterMs = process.argv.slice(2).map(Number);
const never = new Int32Array(new SharedArrayBuffer(4));
const stalls: StallRecord['stalls'][number][] = [];
const answeredMs: number[] = [];
let isBegun = false;

const server = createServer((request, response) => {
  if (!isBegun) for (const afterMs of stallsAfterMs) setTimeout(standStill, afterMs);
  isBegun = true;
  let body = '';
  request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const { id } = JSON.parse(body) as { id: string };
    response.end('{}', () => (answeredMs[Number(id.split('.').at(-1))] = nowMs()));
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => process.send?.({ stalls, answeredMs } satisfies StallRecord));
process.on('disconnect', () => process.exit());

function standStill(): void {
  const startMs = nowMs();
  Atomics.wait(never, 0, 0, STALL_MS);
  stalls.push({ startMs, endMs: nowMs() });
}

function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
