import type { ThrottleConfig } from '@spillway/throttle';
import type { Stage } from './stages.ts';

/** Write units/s that a new on-demand table takes at once (F40). */
export const NEW_TABLE_WRITE_UNITS = 4000;
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
 * Write units/s that a table must take from the first second on, for the limits to hold, or that the stage says.
 * `undefined` where every new table does. AWS raises this for a table, and never lowers it (F47): a deployment that asks
 * for less than the table takes is refused, which preflight tells beforehand.
 */
export function warmWriteUnits(
  throttle: ThrottleConfig,
  stage: Pick<Stage, 'batchShare' | 'warmWriteUnitsPerSecond'>,
): number | undefined {
  const units = Math.max(
    neededWriteUnits(throttle, stage.batchShare),
    stage.warmWriteUnitsPerSecond ?? NEW_TABLE_WRITE_UNITS,
  );
  return units > NEW_TABLE_WRITE_UNITS ? units : undefined;
}

/** Write units/s that the stage's table takes at once, warmed or as every new one is. */
export function tableWriteUnits(...given: Parameters<typeof warmWriteUnits>): number {
  return warmWriteUnits(...given) ?? NEW_TABLE_WRITE_UNITS;
}
