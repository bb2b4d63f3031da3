import * as z from 'zod';
import type { EngineCalls } from '../engine-calls.ts';
import { itemBytes } from './item-size.ts';
import type { Attributes } from './metered-call.ts';

const itemSchema = z.looseObject({ Item: z.record(z.string(), z.unknown()).optional() });
const itemsSchema = z.looseObject({ Items: z.array(z.unknown()).default([]) });

/** What a search leaves out of its answer and yet pays for. */
const SHORTENING = [
  'FilterExpression',
  'ProjectionExpression',
  'Select',
  'AttributesToGet',
  'QueryFilter',
  'ScanFilter',
];

/** The headers of the client's call that say who asks; an engine may keep the tables of each asker apart. */
const IDENTITY = new Set(['authorization', 'x-amz-date', 'x-amz-security-token', 'content-type']);

/**
 * Asks the engine how much the items weigh that a call is about, in the name of who made it: a write pays for the item
 * it replaces, and a read for attributes it did not want. Where the engine does not answer, they weigh nothing.
 */
export class SizeLookup {
  readonly #engine: EngineCalls;
  readonly #identity: readonly string[];

  constructor(engine: EngineCalls, rawHeaders: readonly string[]) {
    this.#engine = engine;
    this.#identity = rawHeaders.filter((_, index) =>
      IDENTITY.has((rawHeaders[index & ~1] ?? '').toLowerCase()),
    );
  }

  /** Bytes of the whole item; 0 if there is none. */
  async item(tableName: string, key: Attributes): Promise<number> {
    const answer = await this.#call('GetItem', { TableName: tableName, Key: key, ConsistentRead: true });
    return itemBytes(itemSchema.safeParse(answer).data?.Item);
  }

  /**
   * Bytes of all items that a query or scan looked at.
   * @param scannedCount how many these were, by its answer
   */
  async searched(operation: string, input: Attributes, scannedCount: number): Promise<number> {
    if (scannedCount === 0) return 0;
    const answer = await this.#call(operation, { ...wholeSearch(input), Limit: scannedCount });
    return bytesOfItems(answer);
  }

  async #call(operation: string, input: Attributes): Promise<unknown> {
    try {
      const headers = [...this.#identity, 'X-Amz-Target', `DynamoDB_20120810.${operation}`];
      const { body } = await this.#engine.send('/', headers, Buffer.from(JSON.stringify(input)));
      return JSON.parse(body.toString());
    } catch {
      return null;
    }
  }
}

/** Bytes of the items in an answer. */
export function bytesOfItems(answer: unknown): number {
  return (itemsSchema.safeParse(answer).data?.Items ?? []).reduce<number>(
    (sum, item) => sum + itemBytes(item),
    0,
  );
}

/** Whether the answer of a read shows less than it costs. */
export function isShortened(input: Attributes): boolean {
  return SHORTENING.some((name) => input[name] !== undefined);
}

/** The same search without what shortens its answer; names and values that are left over would be refused. */
function wholeSearch(input: Attributes): Attributes {
  const used = new Set(String(input['KeyConditionExpression'] ?? '').match(/[#:]\w+/g));
  const whole = Object.entries(input).flatMap(([name, value]) => {
    if (SHORTENING.includes(name)) return [];
    if (name !== 'ExpressionAttributeNames' && name !== 'ExpressionAttributeValues') return [[name, value]];
    const kept = Object.entries(value as object).filter(([placeholder]) => used.has(placeholder));
    return kept.length === 0 ? [] : [[name, Object.fromEntries(kept)]];
  });
  return Object.fromEntries(whole) as Attributes;
}
