import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  type AttributeDefinition,
  type DynamoDBClient,
  type KeySchemaElement,
  type LocalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineClient } from './engine-client.ts';
import { EngineError } from './engine-error.ts';

/** A table as the template declares it, as far as an engine needs to know. */
export interface TableDefinition {
  readonly tableName: string;
  readonly keySchema: readonly KeySchemaElement[];
  readonly attributeDefinitions: readonly AttributeDefinition[];
  readonly globalSecondaryIndexes?: readonly IndexDefinition[];
  readonly localSecondaryIndexes?: readonly IndexDefinition[];
}

/** An index as the engine takes it; on demand, so a global one needs no throughput. */
export type IndexDefinition = LocalSecondaryIndex;

const PAUSE_MS = 20;
const ACTIVE_LIMIT_MS = 10_000;

/**
 * Creates the tables that are not there yet, on demand (F40), and waits until all are ACTIVE.
 * @param region of the stage; only DynamoDB Local tells Regions apart
 * @throws {EngineError} `TABLE_NOT_ACTIVE`, `TABLE_DIFFERS`; errors of the engine as the SDK throws them
 */
export async function createTables(
  endpoint: string,
  tables: readonly TableDefinition[],
  region = 'us-east-1',
): Promise<void> {
  const client = engineClient(endpoint, region);
  try {
    for (const table of tables) await createTable(client, table);
    for (const table of tables) await waitUntilActive(client, table.tableName);
  } finally {
    client.destroy();
  }
}

async function createTable(client: DynamoDBClient, table: TableDefinition): Promise<void> {
  const { globalSecondaryIndexes = [], localSecondaryIndexes = [] } = table;
  try {
    await client.send(
      new CreateTableCommand({
        TableName: table.tableName,
        KeySchema: [...table.keySchema],
        AttributeDefinitions: [...table.attributeDefinitions],
        BillingMode: 'PAY_PER_REQUEST',
        // An empty list is an error.
        ...(globalSecondaryIndexes.length > 0 && { GlobalSecondaryIndexes: [...globalSecondaryIndexes] }),
        ...(localSecondaryIndexes.length > 0 && { LocalSecondaryIndexes: [...localSecondaryIndexes] }),
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await checkKey(client, table);
  }
}

/** A table that an earlier stage left must be one that the template's function can write to. */
async function checkKey(client: DynamoDBClient, { tableName, keySchema }: TableDefinition): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
  const [found, wanted] = [Table?.KeySchema ?? [], keySchema].map(spellKey);
  if (found === wanted) return;
  throw new EngineError(
    'TABLE_DIFFERS',
    `table ${tableName}: found the key ${found}, want ${wanted}; choose another --data-dir or table name`,
  );
}

function spellKey(keySchema: readonly KeySchemaElement[]): string {
  return keySchema.map(({ AttributeName, KeyType }) => `${AttributeName} (${KeyType})`).join(', ');
}

async function waitUntilActive(client: DynamoDBClient, tableName: string): Promise<void> {
  const giveUpAtMs = performance.now() + ACTIVE_LIMIT_MS;
  for (;;) {
    const status = await tableStatus(client, tableName);
    if (status === 'ACTIVE') return;
    if (performance.now() >= giveUpAtMs) {
      throw new EngineError(
        'TABLE_NOT_ACTIVE',
        `table ${tableName}: found ${status} after ${ACTIVE_LIMIT_MS / 1000} s, want ACTIVE; look at the engine`,
      );
    }
    await sleep(PAUSE_MS);
  }
}

async function tableStatus(client: DynamoDBClient, tableName: string): Promise<string> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: tableName }));
    return Table?.TableStatus ?? 'no status';
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return 'no such table';
    throw error;
  }
}
