import type { Clock } from './clock.ts';

/** Collects what a stream reads until it is sent. */
export interface Grouping<Item> {
  add(item: Item): void;
  /** How many more fill the group at hand, at least 1. */
  room(): number;
  /** Sends what there is, if anything: more is not to be had for now. */
  flush(): void;
}

/**
 * Groups of one size; a group that does not fill is sent when its first item has waited for long enough.
 * @param size at least 1
 */
export function createGrouping<Item>(
  clock: Clock,
  size: number,
  lingerMs: number,
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
    room: () => size - group.length,
    add: (item) => {
      group.push(item);
      if (group.length >= size) return flush();
      cancelTimer ??= clock.schedule(lingerMs, flush);
    },
  };
}
