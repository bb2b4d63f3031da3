import { parseEntryText, type Entry, type RefusedEntry } from '@spillway/shared';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';

/** What became of one entry. */
export type IngestOutcome =
  /** The table holds it: new, or sent before with the same content. */
  | { readonly status: 'accepted' }
  /** Another entry has its id. */
  | { readonly status: 'conflict' }
  /** It is no entry, or too large a one; nothing was asked of the table. */
  | { readonly status: 'invalid' | 'too-large'; readonly refusal: RefusedEntry }
  /** The table can't take it now, or there was no time left to ask; sent again, it may be stored. */
  | { readonly status: 'unavailable'; readonly error: StoreUnavailableError }
  /** A defect: of this service, its table's set-up or its rights. */
  | { readonly status: 'failed'; readonly error: unknown };

/**
 * Takes one entry in: validate, then one conditional write. No read before the write, so that two requests
 * with the same id can't both believe they are first.
 * @param text body of the request
 * @param startDeadline is called once the text is read, which nothing can interrupt; the write is given up when what it
 *   returns is aborted
 */
export async function ingest(
  text: string,
  store: EntryStore,
  startDeadline: () => AbortSignal,
): Promise<IngestOutcome> {
  const parsed = parseEntryText(text);
  return parsed.ok ? storeEntry(parsed.entry, store, startDeadline()) : refuseEntry(parsed);
}

/** Outcome of an entry that never reaches the table. */
export function refuseEntry(refusal: RefusedEntry): IngestOutcome {
  return { status: refusal.reason, refusal };
}

/** Outcome of an entry that does; never rejects. */
export async function storeEntry(
  entry: Entry,
  store: EntryStore,
  deadline: AbortSignal,
): Promise<IngestOutcome> {
  try {
    const outcome = await store.put(entry, deadline);
    return { status: outcome === 'stored' ? 'accepted' : 'conflict' };
  } catch (error) {
    return error instanceof StoreUnavailableError
      ? { status: 'unavailable', error }
      : { status: 'failed', error };
  }
}
