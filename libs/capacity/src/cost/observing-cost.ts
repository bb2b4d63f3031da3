import { BYTES_PER_GB, HOURS_PER_MONTH, PRICES, tieredUsd } from './prices.ts';

/**
 * Bytes that one accepted request logs: the gateway's access log 430, the function's metrics line 199, Lambda's
 * START, END and REPORT 361 (with a trace in it).
 */
export const LOG_BYTES_PER_REQUEST = 990;

/** Metrics that the function's log line can become, one for each kind of answer. */
export const CUSTOM_METRICS = 6;

/** X-Ray's default rule: the first request of each second and 5 % of the others. */
const SAMPLING = { perSecond: 1, ratio: 0.05 };

const DAYS_PER_MONTH = HOURS_PER_MONTH / 24;

/** Traces/s that X-Ray records of that many requests/s by its default rule. */
export function tracesPerSecond(ratePerSecond: number): number {
  if (ratePerSecond <= SAMPLING.perSecond) return ratePerSecond;
  return SAMPLING.perSecond + SAMPLING.ratio * (ratePerSecond - SAMPLING.perSecond);
}

/** USD a month for log lines: taken in, and kept for their retention; not compressed, so at most that (F75). */
export function logsUsdPerMonth(bytesPerMonth: number, retentionDays: number): number {
  const gb = bytesPerMonth / BYTES_PER_GB;
  const keptGb = (gb * retentionDays) / DAYS_PER_MONTH;
  return gb * PRICES.logs.usdPerGb + keptGb * PRICES.logs.usdPerStoredGbMonth;
}

/** USD a month for that many traces (F76). */
export function tracesUsdPerMonth(traces: number): number {
  return tieredUsd(traces, PRICES.traces);
}
