import * as z from 'zod';

const querySchema = z.looseObject({
  KeyConditionExpression: z.string(),
  ExpressionAttributeNames: z.record(z.string(), z.string()).default({}),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()).default({}),
});

/** The partition key value that a query is about, spelled out; null where it can't be seen in the call. */
export function queriedPartitionKey(query: unknown, partitionKeyName: string): string | null {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return null;
  const { KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = parsed.data;
  for (const [, name = '', value = ''] of KeyConditionExpression.matchAll(/([#\w.-]+)\s*=\s*(:\w+)/g)) {
    if ((ExpressionAttributeNames[name] ?? name) !== partitionKeyName) continue;
    const found = ExpressionAttributeValues[value];
    return found === undefined ? null : JSON.stringify(found);
  }
  return null;
}
