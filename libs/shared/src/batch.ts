import type { EntryInput } from './entry.ts';
import type { Issue } from './response.ts';

/** Most entries of one batch. */
export const MAX_BATCH_ENTRIES = 100;

/**
 * Most bytes of a batch's body, 5 MB. The gateway hands it on inside a JSON text of at most 6 MB (F15), in which every
 * quote takes one byte more: a body of many short strings meets that limit first.
 */
export const MAX_BATCH_BYTES = 5 * 1_024 * 1_024;

/** Body of `POST /batch`. */
export interface BatchRequest {
  /** 1 to `MAX_BATCH_ENTRIES`. */
  readonly entries: readonly EntryInput[];
}

/**
 * What became of one entry of a batch.
 * - `accepted`: stored, by this or an earlier request
 * - `conflict`: another entry has its id; it was not changed
 * - `invalid`, `too-large`: not an entry, or more bytes than an item may have; `issues` says what to change
 * - `unavailable`: not known to be stored; send it again
 * - `failed`: a defect of the service; not known to be stored
 */
export type EntryStatus = 'accepted' | 'conflict' | 'invalid' | 'too-large' | 'unavailable' | 'failed';

export interface EntryOutcome {
  readonly status: EntryStatus;
  /** With `invalid` and `too-large`; paths start at the batch, such as `$.entries[3].year`. */
  readonly issues?: readonly Issue[];
}

/**
 * Body of the answer to a batch that could be read: one outcome for each entry, in the order they were sent.
 * With 200 all are `accepted`; with 503 all are `unavailable`; with 500 all are `failed` or `unavailable`; with 207 it
 * is for each entry to say. Entries with the same id are taken in their order, the first wins. The whole may be sent
 * again: what was `accepted`, `conflict`, `invalid` or `too-large` is so again. Sending again what is not settled is
 * enough, and cheaper.
 */
export interface BatchResponse {
  readonly outcomes: readonly EntryOutcome[];
}
