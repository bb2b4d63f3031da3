import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  type DynamoDBClientConfig,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { hashContent } from './content-hash.ts';
import { StoreUnavailableError, type EntryStore } from './entry-store.ts';
import { findUnavailability } from './store-failure.ts';

/**
 * The most time one write may take, retries and their back-off included: the SDK's retry budget that a
 * function's timeout has to leave room for. Three attempts of up to 1,000 ms, with back-off of up to 1,000 and
 * 2,000 ms after throttling (50 and 100 after other failures), could take 6,000 ms; a client is better served
 * by an early 503, so the deadline cuts them off here.
 */
export const SDK_RETRY_BUDGET_MS = 3_000;

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
  const documents = DynamoDBDocumentClient.from(client);

  return {
    async put(entry) {
      const contentHash = hashContent(entry);
      const deadline = AbortSignal.timeout(SDK_RETRY_BUDGET_MS);
      try {
        await documents.send(
          new PutCommand({
            TableName: tableName,
            Item: { ...entry, contentHash },
            ConditionExpression: 'attribute_not_exists(id) OR contentHash = :contentHash',
            ExpressionAttributeValues: { ':contentHash': contentHash },
          }),
          { abortSignal: deadline },
        );
        return 'stored';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'conflict';
        const reason = deadline.aborted
          ? `no answer in ${SDK_RETRY_BUDGET_MS} ms`
          : findUnavailability(error);
        throw reason === undefined ? error : new StoreUnavailableError(reason, error);
      }
    },
  };
}
