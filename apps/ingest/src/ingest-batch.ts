import type { Entry, ParsedEntry } from '@spillway/shared';
import pMap from 'p-map';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';
import { refuseEntry, storeEntry, type IngestOutcome } from './ingest.ts';

/**
 * Most writes of a batch that wait for the table at a time. A write costs some 0.5 ms of CPU here and waits some 5 ms:
 * about ten keep an execution environment of one core busy, and more would only wait for each other.
 */
export const MAX_WRITES_IN_FLIGHT = 10;

/**
 * After so many writes in a row that found the table unavailable no other begins: the rest would fare no better, and a
 * table that throttles recovers sooner. The client comes back with them after `Retry-After`.
 */
const MAX_FAILURES_IN_A_ROW = MAX_WRITES_IN_FLIGHT;

/** Of an entry that was not tried: the batch ended early, or an earlier entry with its id is not known to be stored. */
const notTried: IngestOutcome = {
  status: 'unavailable',
  error: new StoreUnavailableError('not tried', undefined),
};

interface PlacedEntry {
  readonly index: number;
  readonly entry: Entry;
}

/**
 * Takes the entries of a batch in, several at a time; entries with the same id one after another, so that the first of
 * them wins, in this request and in a repeat. Never rejects; a repeat of the whole batch gives the same outcomes, but
 * for `unavailable` and `failed`.
 * @param deadline no write begins after this is aborted, and those under way are given up
 * @returns one outcome for each entry, in their order
 */
export async function ingestBatch(
  entries: readonly ParsedEntry[],
  store: EntryStore,
  deadline: AbortSignal,
): Promise<IngestOutcome[]> {
  const outcomes = entries.map((parsed) => (parsed.ok ? notTried : refuseEntry(parsed)));
  let failuresInARow = 0;
  await pMap(
    groupById(entries),
    async (group) => {
      for (const { index, entry } of group) {
        if (deadline.aborted || failuresInARow >= MAX_FAILURES_IN_A_ROW) return;
        const outcome = await storeEntry(entry, store, deadline);
        outcomes[index] = outcome;
        if (outcome.status === 'unavailable') failuresInARow++;
        // Whether this one is stored is open; the next with its id must not come first.
        if (outcome.status === 'unavailable' || outcome.status === 'failed') return;
        failuresInARow = 0;
      }
    },
    { concurrency: MAX_WRITES_IN_FLIGHT },
  );
  return outcomes;
}

function groupById(entries: readonly ParsedEntry[]): Iterable<readonly PlacedEntry[]> {
  const placed = entries.flatMap((parsed, index) => (parsed.ok ? [{ index, entry: parsed.entry }] : []));
  return Map.groupBy(placed, ({ entry }) => entry.id).values();
}
