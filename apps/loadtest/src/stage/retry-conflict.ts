import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 500;
/** With the pauses 10 s, longer than Lambda takes over a setting. */
const MOST_TRIES = 21;

/**
 * Tries a change of a function again while Lambda is at another one and answers 409 to it.
 * @param pause between two tries
 */
export async function retryConflict<T>(
  change: () => Promise<T>,
  pause: () => Promise<unknown> = () => sleep(PAUSE_MS),
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await change();
    } catch (error) {
      const isConflict = error instanceof Error && error.name === 'ResourceConflictException';
      if (!isConflict || tries >= MOST_TRIES) throw error;
    }
    await pause();
  }
}
