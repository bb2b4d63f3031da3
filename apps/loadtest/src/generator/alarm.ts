import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { monotonicMs } from './clock.ts';
import { threadFile } from './thread-file.ts';

/**
 * Wakes the event loop at given instants, within some 0.02 ms of them at the median on an idle machine.
 * `setTimeout` rounds to whole milliseconds (0.6 ms late at the median, 1.3 at p99), and spinning the rest away
 * costs a quarter of a core at 500/s. A thread asleep in `Atomics.wait` costs a tenth of that and is some 0.1 ms late, which
 * sends arrivals that are closer together than that at once; so it wakes us that much too early, and we spin the rest.
 */
export class Alarm {
  readonly #thread: Worker;

  private constructor(thread: Worker) {
    this.#thread = thread;
  }

  /** @param instantsMs ms from the origin given to `start`, ascending */
  static async open(instantsMs: Float64Array): Promise<Alarm> {
    const thread = new Worker(threadFile('alarm-thread'), {
      workerData: { instantsMs },
      execArgv: [],
    });
    await once(thread, 'message');
    return new Alarm(thread);
  }

  /** @param originMs instant 0, on the clock of `monotonicMs` */
  start(originMs: number, onDue: () => void): void {
    this.#thread.on('message', (dueMs: number) => {
      spinUntil(dueMs);
      onDue();
    });
    this.#thread.postMessage(originMs);
  }

  async close(): Promise<void> {
    await this.#thread.terminate();
  }
}

/** At most as long as the thread is ahead. On the very clock that says what is due: another may be microseconds ahead. */
function spinUntil(dueMs: number): void {
  while (monotonicMs() < dueMs);
}
