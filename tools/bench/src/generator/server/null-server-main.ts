/** Answers every request at once, except where it is told to stand still, and keeps when each came. */
import type { Span } from '@spillway/capacity/testing';
import { createServer, type AddressInfo } from 'node:net';
import { ArrivalLog } from './arrival-log.ts';
import { RequestCounter, UnreadableRequestError, type Completed } from './request-counter.ts';
import type { ServerNews, ServerOrder, StallPlan } from './server-protocol.ts';

const BODY = '{"message":"Successfully inserted data!"}';
const ANSWER = Buffer.from(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`,
);
const never = new Int32Array(new SharedArrayBuffer(4));

let log = new ArrivalLog();
let stalls: Span[] = [];
let plan: StallPlan | null = null;
let unreadable: string | null = null;
/** Set from the start of a stall until a request is read again: only then is it over for those who wait. */
let stalledFromMs: number | null = null;
let stallTimer: NodeJS.Timeout | undefined;

const server = createServer({ noDelay: true }, (socket) => {
  const counter = new RequestCounter();
  socket.on('error', () => socket.destroy());
  socket.on('data', (chunk) => {
    const completed = read(counter, chunk);
    if (completed === null) {
      socket.destroy();
      return;
    }
    const { requests, isLast } = completed;
    if (requests === 0) return;
    const nowMs = performance.now();
    if (log.count === 0) begin(nowMs);
    log.add(nowMs, requests);
    if (stalledFromMs !== null) {
      stalls.push({ startMs: stalledFromMs, endMs: nowMs });
      stalledFromMs = null;
    }
    socket.write(requests === 1 ? ANSWER : Buffer.concat(Array<Buffer>(requests).fill(ANSWER)));
    if (isLast) socket.end();
  });
});
server.listen(0, '127.0.0.1', 4096, () => {
  tell({ kind: 'ready', port: (server.address() as AddressInfo).port });
});

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group: the parent decides what ends and how.
process.on('SIGINT', () => undefined);
process.on('message', (order: ServerOrder) => {
  clearTimeout(stallTimer);
  if (order.kind === 'end')
    return tell({ kind: 'record', record: { ...log.sinceFirst(stalls), unreadable } });
  log = new ArrivalLog();
  stalls = [];
  unreadable = null;
  stalledFromMs = null;
  plan = order.stalls;
  tell({ kind: 'begun' });
});

/** Null, and kept for the record, where it can't be read: the next tool's requests may be. */
function read(counter: RequestCounter, chunk: Buffer): Completed | null {
  try {
    return counter.take(chunk);
  } catch (error) {
    if (!(error instanceof UnreadableRequestError)) throw error;
    unreadable = error.found;
    return null;
  }
}

function begin(nowMs: number): void {
  tell({ kind: 'first' });
  if (plan) scheduleStall(plan, nowMs + plan.everyMs / 2);
}

function scheduleStall(stallPlan: StallPlan, atMs: number): void {
  stallTimer = setTimeout(() => {
    stalledFromMs = performance.now();
    Atomics.wait(never, 0, 0, stallPlan.forMs);
    scheduleStall(stallPlan, atMs + stallPlan.everyMs);
  }, atMs - performance.now());
}

function tell(news: ServerNews): void {
  process.send?.(news);
}
