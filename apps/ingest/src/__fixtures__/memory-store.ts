import type { Entry } from '@spillway/shared';
import { hashContent } from '../content-hash.ts';
import { StoreUnavailableError, type EntryStore } from '../entry-store.ts';

/** The entry store in memory, and what it holds. */
export function createMemoryStore(): EntryStore & { readonly entries: ReadonlyMap<string, Entry> } {
  const entries = new Map<string, Entry>();
  return {
    entries,
    async put(entry, signal) {
      if (signal.aborted) throw new StoreUnavailableError('no answer before the deadline', signal.reason);
      const first = entries.get(entry.id);
      if (first && hashContent(first) !== hashContent(entry)) return 'conflict';
      entries.set(entry.id, entry);
      return 'stored';
    },
  };
}
