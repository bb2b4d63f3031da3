import type { ThrottleConfig } from '@spillway/throttle';

/** Write units/s that a new on-demand table takes at once (F40). */
const NEW_TABLE_WRITE_UNITS = 4000;
/** A write unit covers this much of an item (F43). */
const WRITE_UNIT_BYTES = 1024;

/**
 * Write units/s of the limits: of single entries and what batches may add, at the size that was measured.
 * @param batchShare 0–1, share of the rate limit that batches add
 */
export function neededWriteUnits({ limits, evidence }: ThrottleConfig, batchShare: number): number {
  const itemBytes = evidence.kind === 'measured' ? evidence.measurements.itemBytes : WRITE_UNIT_BYTES;
  return Math.ceil(limits.rateLimit * (1 + batchShare) * Math.ceil(itemBytes / WRITE_UNIT_BYTES));
}

/**
 * Write units/s that a table must take from the first second on, for the limits to hold. `undefined` where every new
 * table does. AWS raises this for a table, and never lowers it (F47): what
 * a deployment that asks for less than before comes to is unverified.
 */
export function warmWriteUnits(throttle: ThrottleConfig, batchShare: number): number | undefined {
  const units = neededWriteUnits(throttle, batchShare);
  return units > NEW_TABLE_WRITE_UNITS ? units : undefined;
}

/** Write units/s that the stage's table takes at once, warmed or as every new one is. */
export function tableWriteUnits(throttle: ThrottleConfig, batchShare: number): number {
  return warmWriteUnits(throttle, batchShare) ?? NEW_TABLE_WRITE_UNITS;
}
