import { parseEntryText, type RefusedEntry } from '@spillway/shared';
import type { EntryStore } from './entry-store.ts';

/** What became of one entry. */
export type IngestOutcome =
  /** The table holds it: new, or sent before with the same content. */
  | { readonly kind: 'accepted' }
  /** Another entry has its id. */
  | { readonly kind: 'conflict' }
  /** It is no entry, or too large a one; nothing was asked of the table. */
  | { readonly kind: 'refused'; readonly refusal: RefusedEntry };

/**
 * Takes one entry in: validate, then one conditional write. No read before the write, so that two requests
 * with the same id can't both believe they are first.
 * @param text body of the request
 * @throws StoreUnavailableError, and whatever else the store throws
 */
export async function ingest(text: string, store: EntryStore): Promise<IngestOutcome> {
  const parsed = parseEntryText(text);
  if (!parsed.ok) return { kind: 'refused', refusal: parsed };
  const outcome = await store.put(parsed.entry);
  return { kind: outcome === 'stored' ? 'accepted' : 'conflict' };
}
