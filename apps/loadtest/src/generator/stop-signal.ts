import { BroadcastChannel, threadId } from 'node:worker_threads';

/** Channel on which any thread of the process can end the steps under way, by posting `stop`. */
export const STOP_CHANNEL = 'spillway.stop';

/** Posted on it by a thread that was asked to stop, once nothing of it is under way any more. */
export interface Stopped {
  readonly stopped: number;
}

/**
 * The wish to stop, from wherever in the process it comes: signals reach the main thread, the engine runs in a
 * worker thread. Whoever wished so hears when this thread is done.
 */
export class StopSignal {
  readonly #controller = new AbortController();
  readonly #channel: BroadcastChannel;
  #underWay = 0;

  constructor(channelName = STOP_CHANNEL) {
    this.#channel = new BroadcastChannel(channelName);
    this.#channel.onmessage = (event) => {
      if ((event as { data: unknown }).data !== 'stop') return;
      this.#controller.abort();
      this.#tellWhenDone();
    };
    // It alone keeps nothing running.
    this.#channel.unref();
  }

  get isStopped(): boolean {
    return this.#controller.signal.aborted;
  }

  /** Does work that ends soon after the signal it is given aborts, and whose end is to be waited for. */
  async during<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.#underWay += 1;
    try {
      return await work(this.#controller.signal);
    } finally {
      this.#underWay -= 1;
      this.#tellWhenDone();
    }
  }

  /** Resolves with the work, or when stopped: for work that nobody needs the end of, such as thinking. */
  async unlessStopped(work: Promise<void>): Promise<void> {
    const { signal } = this.#controller;
    if (signal.aborted) return;
    let onAbort = (): void => undefined;
    const stopped = new Promise<void>((resolve) => (onAbort = resolve));
    signal.addEventListener('abort', onAbort);
    try {
      await Promise.race([work, stopped]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #tellWhenDone(): void {
    if (this.isStopped && this.#underWay === 0)
      this.#channel.postMessage({ stopped: threadId } satisfies Stopped);
  }
}
