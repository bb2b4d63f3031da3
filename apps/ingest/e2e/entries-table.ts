import {
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { createDynamoDbStore } from '../src/dynamodb-store.ts';
import type { EntryStore } from '../src/entry-store.ts';

const TableName = 'entries';

/** For writes that may take as long as they like. */
export const noDeadline: AbortSignal = new AbortController().signal;

/** How a client reaches a DynamoDB on this machine. */
export const localAccess = (endpoint: string) => ({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
});

/** The entries table on an engine: the store over it, and a look behind the store's back. */
export interface EntriesTable {
  readonly store: EntryStore;
  read(id: string): Promise<Record<string, unknown> | undefined>;
  scan(): Promise<Record<string, AttributeValue>[]>;
}

/** Creates the table as the stack declares it: on demand, keyed by `id`. */
export async function createEntriesTable(endpoint: string): Promise<EntriesTable> {
  const client = new DynamoDBClient(localAccess(endpoint));
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    }),
  );
  const documents = DynamoDBDocumentClient.from(client);
  return {
    store: createDynamoDbStore(TableName, localAccess(endpoint)),
    read: async (id) =>
      (await documents.send(new GetCommand({ TableName, Key: { id }, ConsistentRead: true }))).Item,
    scan: async () => (await client.send(new ScanCommand({ TableName }))).Items ?? [],
  };
}
