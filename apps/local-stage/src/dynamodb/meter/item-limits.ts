import { errorAnswer, type TableAnswer } from '../table-answer.ts';
import { ITEM_LIMIT_BYTES, valueBytes } from './item-size.ts';
import type { CallPart, MeteredTable } from './metered-call.ts';
import { partitionKeyName } from './metered-call.ts';

/** F46: what a partition key may count, bytes. */
const PARTITION_KEY_LIMIT_BYTES = 2_048;

/**
 * What DynamoDB says to an item or a key that is too large (F42, F46); null if they fit. Engines say so too, each
 * by its own count; what an update makes of an item is left to them.
 */
export function refuseTooLarge({ newBytes, key }: CallPart, table: MeteredTable): TableAnswer | null {
  if (newBytes > ITEM_LIMIT_BYTES) {
    return errorAnswer(400, 'ValidationException', 'Item size has exceeded the maximum allowed size');
  }
  if (valueBytes(key?.[partitionKeyName(table)]) > PARTITION_KEY_LIMIT_BYTES) {
    return errorAnswer(
      400,
      'ValidationException',
      // The missing space is DynamoDB's own.
      'One or more parameter values were invalid: Size of hashkey has exceeded the maximum size limit of2048 bytes',
    );
  }
  return null;
}
