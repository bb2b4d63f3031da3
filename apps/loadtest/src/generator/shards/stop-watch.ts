import type { ResultPlace } from './result-place.ts';
import { shardFiles } from './shard-files.ts';

/** How soon a wish to stop is seen at the least, in polls of the place and in ms. */
const EVERY_POLLS = 4;
const EVERY_AT_LEAST_MS = 500;

/** Asks every generator of a step to end it early, wherever it runs. @param place the step's own */
export async function askToStop(place: ResultPlace): Promise<void> {
  await place.put(shardFiles.stop, '{}');
}

/** Looks for the wish of `askToStop` until closed. A place that can't be asked for a while stops nothing. */
export function watchForStop(place: ResultPlace): { readonly signal: AbortSignal; close(): void } {
  const controller = new AbortController();
  const look = async () => {
    if ((await place.get(shardFiles.stop)) !== null) controller.abort();
  };
  const timer = setInterval(
    () => void look().catch(() => undefined),
    Math.max(EVERY_AT_LEAST_MS, EVERY_POLLS * place.pollMs),
  );
  timer.unref();
  return { signal: controller.signal, close: () => clearInterval(timer) };
}
