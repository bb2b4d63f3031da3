import type { Entry } from '@spillway/shared';
import { hashContent } from '../content-hash.ts';
import type { EntryStore } from '../entry-store.ts';

/** The entry store in memory, and what it holds. */
export function createMemoryStore(): EntryStore & { readonly entries: ReadonlyMap<string, Entry> } {
  const entries = new Map<string, Entry>();
  return {
    entries,
    async put(entry) {
      const first = entries.get(entry.id);
      if (first && hashContent(first) !== hashContent(entry)) return 'conflict';
      entries.set(entry.id, entry);
      return 'stored';
    },
  };
}
