import type { Measurements } from '@spillway/throttle';

/** Requests/s a function may get for each unit of its concurrency, whatever the duration (F32). */
export const REQUESTS_PER_SECOND_PER_CONCURRENCY = 10;

/** Concurrency that the reservations of an account must leave unreserved (F31). */
export const UNRESERVED_CONCURRENCY = 100;

/** Execution environments that a function may start at once; more every 10 s (F33). */
export const ENVIRONMENTS_AT_ONCE = 1000;

/** The gateway gives up on an integration after this, s (F18). */
export const GATEWAY_TIMEOUT_SECONDS = 29;

/** Bytes of an item that one write unit covers (F43). */
export const BYTES_PER_WRITE_UNIT = 1024;

/** Write units/s at which an on-demand table starts (F40). */
export const ON_DEMAND_WRITE_UNITS_PER_SECOND = 4000;

/** Write units of one item of that many bytes (F43). */
export function writeUnits(itemBytes: number): number {
  return Math.max(1, Math.ceil(itemBytes / BYTES_PER_WRITE_UNIT));
}

/** Execution environments that a function gains each second beyond those it may start at once (F33). */
export const ENVIRONMENTS_PER_SECOND = 100;

/** Write units/s that one partition takes, and so one id (F41). */
export const PARTITION_WRITE_UNITS_PER_SECOND = 1000;

/** Write units/s that a table takes before its quota is raised (F42). */
export const TABLE_QUOTA_WRITE_UNITS_PER_SECOND = 40_000;

/** A new stage in an account as AWS gives it (F2, F30, F40). */
export const DEFAULT_QUOTAS: Measurements['quotas'] = {
  accountConcurrency: 1000,
  otherReservedConcurrency: 0,
  accountRatePerSecond: 10_000,
  accountBurst: 5000,
  tableWriteUnitsPerSecond: ON_DEMAND_WRITE_UNITS_PER_SECOND,
};
