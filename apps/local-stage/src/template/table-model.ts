import * as z from 'zod';
import type { ResolvedStack } from './resolved-stack.ts';
import { readThroughput, type TableThroughput } from './table-throughput.ts';

const keySchemaSchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

const indexSchema = z.object({
  IndexName: z.string(),
  KeySchema: keySchemaSchema,
  Projection: z.object({
    ProjectionType: z.enum(['ALL', 'KEYS_ONLY', 'INCLUDE']).default('ALL'),
    NonKeyAttributes: z.array(z.string()).optional(),
  }),
});

/** A table as `CreateTable` wants it. */
export interface TableModel {
  readonly tableName: string;
  readonly keySchema: z.infer<typeof keySchemaSchema>;
  readonly attributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: 'S' | 'N' | 'B';
  }[];
  readonly globalSecondaryIndexes: readonly TableIndexModel[];
  readonly localSecondaryIndexes: readonly TableIndexModel[];
  readonly throughput: TableThroughput;
}

/** A secondary index, in the spelling of `CreateTable`. */
export type TableIndexModel = z.infer<typeof indexSchema>;

const tablePropertiesSchema = z.looseObject({
  KeySchema: keySchemaSchema,
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
  GlobalSecondaryIndexes: z.array(indexSchema).default([]),
  LocalSecondaryIndexes: z.array(indexSchema).default([]),
  Replicas: z.array(z.unknown()).default([]),
});

/** The stack's tables with their indexes; one that can't be read is named as not played. */
export function readTables(stack: ResolvedStack): readonly TableModel[] {
  const resources = [...stack.ofType('AWS::DynamoDB::Table'), ...stack.ofType('AWS::DynamoDB::GlobalTable')];
  return resources.flatMap((resource) => {
    const properties = stack.tryRead(resource, tablePropertiesSchema, `table ${resource.physicalId}`);
    if (!properties) return [];
    if (properties.Replicas.length > 1) {
      stack.notPlayed.add(`table ${resource.physicalId}: replicas in other Regions`);
    }
    return [
      {
        tableName: resource.physicalId,
        keySchema: properties.KeySchema,
        attributeDefinitions: properties.AttributeDefinitions,
        globalSecondaryIndexes: properties.GlobalSecondaryIndexes,
        localSecondaryIndexes: properties.LocalSecondaryIndexes,
        throughput: readThroughput(stack, resource),
      },
    ];
  });
}
