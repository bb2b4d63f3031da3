import type { Entry } from '@spillway/shared';

/** What ingest asks of a table. */
export interface EntryStore {
  /**
   * Stores an entry under its id, all of it or nothing.
   * @returns `stored` if the table now holds exactly this entry, whether by this call or by an earlier one;
   *   `conflict` if it holds another entry with this id, which is left as it was
   * @param signal the deadline: once it is aborted the write is given up and the promise settles at once. Whether the
   *   table holds the entry is then unknown.
   * @throws StoreUnavailableError when the table did not answer in time or refused for now
   */
  put(entry: Entry, signal: AbortSignal): Promise<PutOutcome>;
}

export type PutOutcome = 'stored' | 'conflict';

/** The table can't take the entry now; the same call may succeed later, and is safe to repeat. */
export class StoreUnavailableError extends Error {
  readonly code = 'STORE_UNAVAILABLE';
  /** Name or code of what went wrong, such as `ThrottlingException` or `ECONNREFUSED`. */
  readonly reason: string;

  constructor(reason: string, cause: unknown) {
    super(`table unavailable: ${reason}; want an answer within the deadline; repeat the request`, { cause });
    this.name = 'StoreUnavailableError';
    this.reason = reason;
  }
}
