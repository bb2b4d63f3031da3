import { BatchWriteItemCommand, type DynamoDBClient, type WriteRequest } from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { runMarker } from './audit.ts';

/** As many as one call takes. */
const BATCH = 25;
/** Calls at a time: a table that others use as well must not be flooded. */
const AT_ONCE = 4;
/** Tries of what the table had no room for, and the first pause between them, which doubles each time, ms. */
const TRIES = 8;
const PAUSE_MS = 100;

/** What became of a run's entries. */
export interface CleanUp {
  readonly removed: number;
  /** The table refused them to the last try, or the time was up. */
  readonly left: number;
}

/** Ids that are not the run's own: nothing is removed, not even those that are. */
export class ForeignEntryError extends Error {
  readonly code = 'FOREIGN_ENTRY';

  constructor(runId: string, id: string) {
    super(
      `entry ${JSON.stringify(id)}: want ids that start with ${runMarker(runId)} alone; nothing was removed`,
    );
    this.name = 'ForeignEntryError';
  }
}

/**
 * Removes a run's entries, and no other: an id without the run's marker stops it before the first is gone.
 * @param signal ends it between two calls
 * @throws ForeignEntryError
 */
export async function cleanEntries(
  { dynamoDb, tableName }: { readonly dynamoDb: Pick<DynamoDBClient, 'send'>; readonly tableName: string },
  runId: string,
  ids: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<CleanUp> {
  const foreign = [...ids].find((id) => !id.startsWith(runMarker(runId)));
  if (foreign !== undefined) throw new ForeignEntryError(runId, foreign);
  const waiting = [...ids];
  let removed = 0;
  const work = async (): Promise<void> => {
    while (waiting.length > 0 && !signal.aborted) {
      const batch = waiting.splice(-BATCH);
      const left = await remove({ dynamoDb, tableName }, batch);
      removed += batch.length - left;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { removed, left: ids.size - removed };
}

/** @returns how many of the batch are left */
async function remove(
  { dynamoDb, tableName }: { readonly dynamoDb: Pick<DynamoDBClient, 'send'>; readonly tableName: string },
  ids: readonly string[],
): Promise<number> {
  let requests: WriteRequest[] = ids.map((id) => ({ DeleteRequest: { Key: { id: { S: id } } } }));
  for (let tried = 1; tried <= TRIES; tried += 1) {
    const answer = await dynamoDb.send(
      new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }),
    );
    requests = answer.UnprocessedItems?.[tableName] ?? [];
    if (requests.length === 0) return 0;
    // Full jitter, so that the calls at a time don't come back together.
    await sleep(Math.random() * PAUSE_MS * 2 ** tried);
  }
  return requests.length;
}

/** In one line, for people. */
export function describeCleanUp(runId: string, { removed, left }: CleanUp): string {
  if (left === 0) return `Clean-up        ${removed} entries of the run removed`;
  return `Clean-up        ${removed} entries of the run removed, ${left} left: npx nx run loadtest clean --stage=<stage> --run=${runId}`;
}
