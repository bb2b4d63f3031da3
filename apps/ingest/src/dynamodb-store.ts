import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { hashContent } from './content-hash.ts';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';
import { findUnavailability } from './store-failure.ts';

/** With back-off of up to 1,000 and 2,000 ms after throttling, 50 and 100 after other failures. */
const MAX_ATTEMPTS = 3;
/** From the start of an attempt to the head of its answer; a PutItem takes single-digit milliseconds. */
const ATTEMPT_TIMEOUT_MS = 1_000;
/** An endpoint in the same Region connects in a few milliseconds. */
const CONNECTION_TIMEOUT_MS = 500;

/**
 * The entry store over a DynamoDB table keyed by `id`: one PutItem for each entry.
 * Item: `id`, `title`, `year`, `attributes` if sent, and `contentHash`, which lets the condition tell a repeat
 * from a conflict. A repeat writes the same item again.
 * @param overrides for tests; endpoint, Region and credentials otherwise come from AWS's standard variables
 */
export function createDynamoDbStore(tableName: string, overrides: DynamoDBClientConfig = {}): EntryStore {
  const client = new DynamoDBClient({
    maxAttempts: MAX_ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: ATTEMPT_TIMEOUT_MS,
      // Without this the SDK only logs a warning and waits on.
      throwOnRequestTimeout: true,
    },
    ...overrides,
  });

  return {
    async put(entry, signal) {
      const contentHash = hashContent(entry);
      try {
        await client.send(
          new PutItemCommand({
            TableName: tableName,
            Item: marshall({ ...entry, contentHash }),
            ConditionExpression: 'attribute_not_exists(id) OR contentHash = :contentHash',
            ExpressionAttributeValues: { ':contentHash': { S: contentHash } },
          }),
          { abortSignal: signal },
        );
        return 'stored';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        const reason = signal.aborted ? 'no answer before the deadline' : findUnavailability(error);
        throw reason === undefined ? error : new StoreUnavailableError(reason, error);
      }
    },
  };
}
