import { BroadcastChannel } from 'node:worker_threads';

/** Channel on which any thread of the process can end the steps under way. */
export const STOP_CHANNEL = 'spillway.stop';

/** Aborts when another thread of this process posts on the channel: the engine runs in a worker, signals don't. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const channel = new BroadcastChannel(STOP_CHANNEL);
  channel.onmessage = () => controller.abort();
  channel.unref();
  return controller.signal;
}
