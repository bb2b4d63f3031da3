import { MAX_BATCH_ENTRIES } from '@spillway/shared';
import type { Clock } from './clock.ts';

/** Collects what a stream reads until it is sent. */
export interface Grouping<Item> {
  add(item: Item): void;
  /** Sends what there is, if anything: more is not to be had for now. */
  flush(): void;
}

/**
 * Groups of at most a batch; a group that does not fill is sent when its first item has waited for long enough.
 * @param lingerMs undefined: each item by itself, at once
 */
export function createGrouping<Item>(
  clock: Clock,
  lingerMs: number | undefined,
  send: (items: readonly Item[]) => void,
): Grouping<Item> {
  let group: Item[] = [];
  let cancelTimer: (() => void) | null = null;
  const flush = () => {
    cancelTimer?.();
    cancelTimer = null;
    if (group.length === 0) return;
    const full = group;
    group = [];
    send(full);
  };
  return {
    flush,
    add: (item) => {
      group.push(item);
      if (lingerMs === undefined || group.length >= MAX_BATCH_ENTRIES) return flush();
      cancelTimer ??= clock.schedule(lingerMs, flush);
    },
  };
}
