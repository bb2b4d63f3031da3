import { parentPort, workerData } from 'node:worker_threads';
import { monotonicMs } from './clock.ts';

/** Sleeps from instant to instant and tells the generator's thread; blocks nothing but itself. */
const { instantsMs } = workerData as { instantsMs: Float64Array };
/** How long a wake-up and a message take at the median, and some. */
const AHEAD_MS = 0.15;
const never = new Int32Array(new SharedArrayBuffer(4));

parentPort?.once('message', (originMs: number) => {
  for (let i = 0; i < instantsMs.length; i += 1) {
    const dueMs = originMs + (instantsMs[i] as number);
    const wakeMs = dueMs - AHEAD_MS;
    for (let waitMs = wakeMs - monotonicMs(); waitMs > 0; waitMs = wakeMs - monotonicMs()) {
      Atomics.wait(never, 0, 0, waitMs);
    }
    // One message stands for everything due by now: the receiver sends all of it.
    const nextMs = instantsMs[i + 1];
    if (nextMs === undefined || originMs + nextMs > monotonicMs()) parentPort?.postMessage(dueMs);
  }
});
parentPort?.postMessage('ready');
