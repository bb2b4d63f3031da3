const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4 * 1024;

/** What a read is promised; decides its price. */
export type Consistency = 'eventual' | 'strong' | 'transactional';

const READ_FACTORS: Readonly<Record<Consistency, number>> = { eventual: 0.5, strong: 1, transactional: 2 };

/**
 * Write units of one item (F43): one per started KB, at least one; twice that in a transaction.
 * @param bytes the larger of the item before and after
 */
export function writeUnits(bytes: number, isTransactional = false): number {
  return Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES)) * (isTransactional ? 2 : 1);
}

/**
 * Read units: one per started 4 KB, at least one, half of it for an eventually consistent read.
 * @param bytes of one item, or of all that a query or scan looked at
 */
export function readUnits(bytes: number, consistency: Consistency): number {
  return Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES)) * READ_FACTORS[consistency];
}
