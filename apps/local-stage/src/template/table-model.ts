import * as z from 'zod';
import type { ResolvedStack } from './resolved-stack.ts';

/** A table as `CreateTable` wants it. */
export interface TableModel {
  readonly tableName: string;
  readonly keySchema: readonly { readonly AttributeName: string; readonly KeyType: 'HASH' | 'RANGE' }[];
  readonly attributeDefinitions: readonly {
    readonly AttributeName: string;
    readonly AttributeType: 'S' | 'N' | 'B';
  }[];
}

const tablePropertiesSchema = z.looseObject({
  KeySchema: z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) })),
  AttributeDefinitions: z.array(
    z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) }),
  ),
});

/** The stack's tables; attributes that only an index uses are left out with the index. */
export function readTables(stack: ResolvedStack): readonly TableModel[] {
  const resources = [...stack.ofType('AWS::DynamoDB::Table'), ...stack.ofType('AWS::DynamoDB::GlobalTable')];
  return resources.map((resource) => {
    const properties = stack.read(resource, tablePropertiesSchema);
    const keys = new Set(properties.KeySchema.map((key) => key.AttributeName));
    return {
      tableName: resource.physicalId,
      keySchema: properties.KeySchema,
      attributeDefinitions: properties.AttributeDefinitions.filter((a) => keys.has(a.AttributeName)),
    };
  });
}
