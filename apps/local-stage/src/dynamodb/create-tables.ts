import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  ResourceNotFoundException,
  type AttributeDefinition,
  type DynamoDBClient,
  type KeySchemaElement,
} from '@aws-sdk/client-dynamodb';
import { setTimeout as sleep } from 'node:timers/promises';
import { engineClient } from './engine-client.ts';
import { EngineError } from './engine-error.ts';

/** A table as the template declares it, as far as an engine needs to know. */
export interface TableDefinition {
  readonly tableName: string;
  readonly keySchema: readonly KeySchemaElement[];
  readonly attributeDefinitions: readonly AttributeDefinition[];
}

const PAUSE_MS = 20;
const ACTIVE_LIMIT_MS = 10_000;

/**
 * Creates the tables that are not there yet, on demand (F40), and waits until all are ACTIVE.
 * @param region of the stage; only DynamoDB Local tells Regions apart
 * @throws {EngineError} `TABLE_NOT_ACTIVE`; errors of the engine as the SDK throws them
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
  try {
    await client.send(
      new CreateTableCommand({
        TableName: table.tableName,
        KeySchema: [...table.keySchema],
        AttributeDefinitions: [...table.attributeDefinitions],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
  }
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
