import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Stall } from '@spillway/capacity';
import { threadFile } from './thread-file.ts';

/**
 * Gap between two 5 ms ticks from which on the host counts as stalled, ms, net of waiting for a core.
 * With 2 to 20 busy processes on 2 cores the raw gaps reached 35 ms and the net ones 15: load alone stays below.
 */
export const STALL_THRESHOLD_MS = 45;
const TICK_MS = 5;

/** Watches whether the host itself stands still, from a thread of its own so that the generator's load doesn't show. */
export class HostStallWatch {
  readonly #thread: Worker;
  readonly #stop: Int32Array;

  private constructor(thread: Worker, stop: Int32Array) {
    this.#thread = thread;
    this.#stop = stop;
  }

  static async start(thresholdMs: number = STALL_THRESHOLD_MS): Promise<HostStallWatch> {
    const stop = new Int32Array(new SharedArrayBuffer(4));
    const thread = new Worker(threadFile('host-stalls-thread'), {
      workerData: { stop, tickMs: TICK_MS, thresholdMs },
      execArgv: [],
    });
    await once(thread, 'message');
    return new HostStallWatch(thread, stop);
  }

  /** Ends the watch. @returns stalls, ms from `originMs` (on the clock of `monotonicMs`) */
  async stop(originMs: number): Promise<Stall[]> {
    const answer = once(this.#thread, 'message') as Promise<[Stall[]]>;
    Atomics.store(this.#stop, 0, 1);
    Atomics.notify(this.#stop, 0);
    const [stalls] = await answer;
    await this.#thread.terminate();
    return stalls
      .map(({ startMs, endMs }) => ({ startMs: startMs - originMs, endMs: endMs - originMs }))
      .filter((stall) => stall.endMs > 0);
  }
}
