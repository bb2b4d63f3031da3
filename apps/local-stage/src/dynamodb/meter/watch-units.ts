import { contentOf, errorTypeOf, type TableAnswer } from '../table-answer.ts';
import { readUnits, writeUnits } from './capacity-units.ts';
import { itemBytes } from './item-size.ts';
import type { CallPart, MeteredCall } from './metered-call.ts';
import { bytesOfItems, isShortened, type SizeLookup } from './size-lookup.ts';

/** A write pays for these too: the table looked at the item to find out. */
const PAID_ERRORS = new Set(['ConditionalCheckFailedException', 'TransactionCanceledException']);

/** Units of each admitted part once the table has answered, in the parts' order. */
export type SettleUnits = (answer: TableAnswer) => Promise<readonly number[]>;

/**
 * Looks at the items that a call is about to change, and gives what finds out its price once it is answered: of a
 * write the larger item before and after (F43), of a read all it looked at; nothing for a call that DynamoDB refuses.
 * Between two calls for one item at the same time the look may be late: then the price is that of the item it saw.
 */
export async function watchUnits(
  call: MeteredCall,
  admitted: readonly CallPart[],
  lookup: SizeLookup,
): Promise<SettleUnits> {
  const before = await Promise.all(
    admitted.map((part) => (part.access === 'write' ? lookUp(part, lookup) : Promise.resolve(0))),
  );
  return async (answer) => {
    const isServed = answer.statusCode === 200;
    const isPaid = isServed || PAID_ERRORS.has(errorTypeOf(answer) ?? '');
    return Promise.all(
      admitted.map(async (part, index) => {
        if (part.access === 'read') return isServed ? readPrice(call, part, answer, lookup) : 0;
        if (!isPaid) return 0;
        const after = part.isUpdate && isServed ? await lookUp(part, lookup) : part.newBytes;
        return writeUnits(Math.max(before[index] ?? 0, after), part.consistency === 'transactional');
      }),
    );
  };
}

async function readPrice(
  call: MeteredCall,
  part: CallPart,
  answer: TableAnswer,
  lookup: SizeLookup,
): Promise<number> {
  if (part.key === null) {
    const content = contentOf(answer) as { ScannedCount?: number } | null;
    const bytes = isShortened(call.input)
      ? await lookup.searched(call.operation, call.input, content?.ScannedCount ?? 0)
      : bytesOfItems(content);
    return readUnits(bytes, part.consistency);
  }
  const isWhole = call.operation === 'GetItem' && !isShortened(call.input);
  const bytes = isWhole
    ? itemBytes((contentOf(answer) as { Item?: unknown } | null)?.Item)
    : await lookUp(part, lookup);
  return readUnits(bytes, part.consistency);
}

async function lookUp({ tableName, key }: CallPart, lookup: SizeLookup): Promise<number> {
  return key === null ? 0 : lookup.item(tableName, key);
}
