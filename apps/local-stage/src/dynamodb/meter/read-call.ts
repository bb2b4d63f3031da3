import * as z from 'zod';
import { readUnits, writeUnits, type Consistency } from './capacity-units.ts';
import { itemBytes } from './item-size.ts';
import {
  partitionKeyName,
  primaryKey,
  shortTableName,
  type Attributes,
  type CallPart,
  type MeteredCall,
  type MeteredTable,
} from './metered-call.ts';
import { queriedPartitionKey } from './queried-partition.ts';

const attributesSchema = z.record(z.string(), z.unknown());
const putSchema = z.looseObject({ TableName: z.string(), Item: attributesSchema });
const keyedSchema = z.looseObject({
  TableName: z.string(),
  Key: attributesSchema,
  ConsistentRead: z.boolean().optional(),
});
const searchSchema = z.looseObject({ TableName: z.string(), ConsistentRead: z.boolean().optional() });
const batchWriteSchema = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.looseObject({
        PutRequest: z.looseObject({ Item: attributesSchema }).optional(),
        DeleteRequest: z.looseObject({ Key: attributesSchema }).optional(),
      }),
    ),
  ),
});
const batchGetSchema = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.looseObject({ Keys: z.array(attributesSchema), ConsistentRead: z.boolean().optional() }),
  ),
});
const transactSchema = z.looseObject({
  TransactItems: z.array(
    z.looseObject({
      Put: putSchema.optional(),
      Update: keyedSchema.optional(),
      Delete: keyedSchema.optional(),
      ConditionCheck: keyedSchema.optional(),
      Get: keyedSchema.optional(),
    }),
  ),
});

/** Finds a table of the template; calls about others are not metered. */
type FindTable = (tableName: string) => MeteredTable | undefined;

/**
 * A call → what it costs capacity for; null for one that is free, unknown, not about a table of the template, or so
 * malformed that DynamoDB refuses it. PartiQL is not metered. Secondary indexes have no capacity of their own here: a
 * query of one is charged to its table, and what a write costs in them is left out.
 */
export function readCall(operation: string, input: unknown, findTable: FindTable): MeteredCall | null {
  const parsed = (partReaders[operation] ?? (() => []))(input, (name) => findTable(shortTableName(name)));
  if (parsed.length === 0 || parsed.includes(null)) return null;
  return { operation, input: input as Attributes, parts: parsed as CallPart[] };
}

type Parts = (CallPart | null)[];

const partReaders: Readonly<Record<string, (input: unknown, findTable: FindTable) => Parts>> = {
  PutItem: (input, find) => parse(putSchema, input, (call) => [put(find(call.TableName), call.Item)]),
  UpdateItem: (input, find) =>
    parse(keyedSchema, input, (call) => [change(find(call.TableName), call.Key, true)]),
  DeleteItem: (input, find) =>
    parse(keyedSchema, input, (call) => [change(find(call.TableName), call.Key, false)]),
  GetItem: (input, find) =>
    parse(keyedSchema, input, (call) => [get(find(call.TableName), call.Key, promised(call.ConsistentRead))]),
  Query: (input, find) =>
    parse(searchSchema, input, (call) => [search(find(call.TableName), call, promised(call.ConsistentRead))]),
  Scan: (input, find) =>
    parse(searchSchema, input, (call) => [search(find(call.TableName), {}, promised(call.ConsistentRead))]),
  BatchWriteItem: (input, find) =>
    parse(batchWriteSchema, input, ({ RequestItems }) =>
      Object.entries(RequestItems).flatMap(([name, requests]) =>
        requests.map(({ PutRequest, DeleteRequest }) =>
          PutRequest ? put(find(name), PutRequest.Item) : change(find(name), DeleteRequest?.Key, false),
        ),
      ),
    ),
  BatchGetItem: (input, find) =>
    parse(batchGetSchema, input, ({ RequestItems }) =>
      Object.entries(RequestItems).flatMap(([name, { Keys, ConsistentRead }]) =>
        Keys.map((key) => get(find(name), key, promised(ConsistentRead))),
      ),
    ),
  TransactWriteItems: (input, find) =>
    parse(transactSchema, input, ({ TransactItems }) =>
      TransactItems.map(({ Put, Update, Delete, ConditionCheck }) => {
        if (Put) return put(find(Put.TableName), Put.Item, true);
        // What a condition check costs is not documented; taken for a write of the item it looks at **?**.
        const keyed = Update ?? Delete ?? ConditionCheck;
        return change(find(keyed?.TableName ?? ''), keyed?.Key, Update !== undefined, true);
      }),
    ),
  TransactGetItems: (input, find) =>
    parse(transactSchema, input, ({ TransactItems }) =>
      TransactItems.map(({ Get }) => get(find(Get?.TableName ?? ''), Get?.Key, 'transactional')),
    ),
};

function parse<S extends z.ZodType>(schema: S, input: unknown, read: (call: z.infer<S>) => Parts): Parts {
  const parsed = schema.safeParse(input);
  return parsed.success ? read(parsed.data) : [];
}

function promised(consistentRead: boolean | undefined): Consistency {
  return consistentRead === true ? 'strong' : 'eventual';
}

function put(table: MeteredTable | undefined, item: Attributes, isTransactional = false): CallPart | null {
  const newBytes = itemBytes(item);
  return part(table, item, 'write', writeUnits(newBytes, isTransactional), {
    newBytes,
    consistency: isTransactional ? 'transactional' : 'strong',
  });
}

function change(
  table: MeteredTable | undefined,
  key: Attributes | undefined,
  isUpdate: boolean,
  isTransactional = false,
): CallPart | null {
  return part(table, key, 'write', writeUnits(0, isTransactional), {
    isUpdate,
    consistency: isTransactional ? 'transactional' : 'strong',
  });
}

function get(
  table: MeteredTable | undefined,
  key: Attributes | undefined,
  consistency: Consistency,
): CallPart | null {
  return part(table, key, 'read', readUnits(0, consistency), { consistency });
}

function search(
  table: MeteredTable | undefined,
  query: Attributes,
  consistency: Consistency,
): CallPart | null {
  if (!table) return null;
  const partitionKey = queriedPartitionKey(query, partitionKeyName(table));
  const searched = part(table, {}, 'read', readUnits(0, consistency), { consistency });
  return searched && { ...searched, partitionKey, key: null };
}

function part(
  table: MeteredTable | undefined,
  attributes: Attributes | undefined,
  access: CallPart['access'],
  knownUnits: number,
  rest: Pick<CallPart, 'consistency'> & Partial<CallPart>,
): CallPart | null {
  if (!table || !attributes) return null;
  const partitionValue = attributes[partitionKeyName(table)];
  return {
    tableName: table.tableName,
    access,
    partitionKey: partitionValue === undefined ? null : JSON.stringify(partitionValue),
    key: primaryKey(table, attributes),
    knownUnits,
    newBytes: 0,
    isUpdate: false,
    ...rest,
  };
}
