import { Session } from 'node:inspector';
import { isMainThread, threadId } from 'node:worker_threads';
import { STOP_CHANNEL, type Stopped } from './stop-signal.ts';

/** The part of Artillery's main thread that an extension may hook into (artillery/lib/cmds/run.ts). */
interface ArtilleryGlobal {
  readonly globalEvents: { once(event: 'shutdown:start', listener: () => void): void };
  ext(extension: { ext: 'onShutdown'; method: () => Promise<void> }): void;
}

/** How long Ctrl-C waits for the answers to be written, ms; then Artillery ends without them. */
const GRACE_MS = 5000;

/**
 * Makes Artillery's main thread wait, when a signal ends it, until this thread has stopped. Artillery's `onShutdown`
 * extensions are what it waits for; they live in its main thread, where no code of an engine runs: engines are
 * loaded in worker threads, which get no signals and are killed where they stand when the main thread exits. So the
 * hook is evaluated there, through the inspector's in-process connection (which opens no port).
 * @returns why it could not be hooked in, or null
 */
export async function holdShutdown(): Promise<string | null> {
  if (isMainThread) {
    hookIn(STOP_CHANNEL, threadId, GRACE_MS);
    return null;
  }
  const session = new Session();
  try {
    session.connectToMainThread();
    const expression = `(${hookIn.toString()})(${JSON.stringify(STOP_CHANNEL)}, ${threadId}, ${GRACE_MS})`;
    return await new Promise((resolve) => {
      session.post('Runtime.evaluate', { expression }, (error, answer) =>
        resolve(error?.message ?? answer?.exceptionDetails?.exception?.description ?? null),
      );
    });
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    session.disconnect();
  }
}

/** Runs in the main thread, as text: whatever it uses must be a global there, or an argument. */
function hookIn(channelName: string, engineThreadId: number, graceMs: number): void {
  const { artillery } = globalThis as { artillery?: ArtilleryGlobal };
  if (artillery === undefined) return;
  const stop = (): void => {
    const channel = new BroadcastChannel(channelName);
    channel.postMessage('stop');
    channel.close();
  };
  // The first thing of a shutdown; extensions are called later, after what Artillery sends home.
  artillery.globalEvents.once('shutdown:start', stop);
  artillery.ext({
    ext: 'onShutdown',
    method: () =>
      new Promise((resolve) => {
        const channel = new BroadcastChannel(channelName);
        const over = (): void => {
          clearTimeout(timer);
          channel.close();
          resolve();
        };
        const timer = setTimeout(over, graceMs);
        channel.onmessage = (event: { data: unknown }) => {
          if ((event.data as Partial<Stopped>).stopped === engineThreadId) over();
        };
        // It may have stopped before this was listened for; asked again, it says so again.
        channel.postMessage('stop');
      }),
  });
}
