import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndexDefinition, TableDefinition } from './create-tables.ts';

/**
 * Tables as dynoxide takes them at its start, in the spelling of DescribeTable's answers.
 * @returns the file's path; its reader removes it
 */
export function writeSchemaFile(tables: readonly TableDefinition[]): string {
  const file = join(tmpdir(), `spillway-tables-${randomUUID()}.json`);
  const described = tables.map((table) => ({
    Table: {
      TableName: table.tableName,
      KeySchema: table.keySchema,
      AttributeDefinitions: table.attributeDefinitions,
      BillingModeSummary: { BillingMode: 'PAY_PER_REQUEST' },
      ...listed('GlobalSecondaryIndexes', table.globalSecondaryIndexes),
      ...listed('LocalSecondaryIndexes', table.localSecondaryIndexes),
    },
  }));
  writeFileSync(file, JSON.stringify(described));
  return file;
}

/** An empty list is an error. */
function listed(name: string, indexes: readonly IndexDefinition[] = []): Record<string, unknown> {
  return indexes.length === 0 ? {} : { [name]: indexes };
}
