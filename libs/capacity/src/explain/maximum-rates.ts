import {
  ENVIRONMENTS_AT_ONCE,
  ENVIRONMENTS_PER_SECOND,
  PARTITION_WRITE_UNITS_PER_SECOND,
  REQUESTS_PER_SECOND_PER_CONCURRENCY,
  TABLE_QUOTA_WRITE_UNITS_PER_SECOND,
} from '../aws-rules.ts';
import { grouped, milliseconds, percent } from '../figures.ts';
import { carriedLoad } from './carried-load.ts';
import type { Subject } from './subject.ts';

/** The most that one constraint lets through. */
export interface MaximumRate {
  readonly by: string;
  /** Requests/s. */
  readonly perSecond: number;
  readonly because: string;
  /** Whether it holds for every steady load, and so for the least of them; the others say what else to know. */
  readonly isSteady: boolean;
}

/** The highest rate by each constraint, in the order a request meets them (F3, F32, F40). */
export function maximumRates(subject: Subject): readonly MaximumRate[] {
  const { limits, quotas, durationMs, measured } = subject;
  const environments = limits.reservedConcurrency;
  const steady = (by: string, perSecond: number, because: string) => ({
    by,
    perSecond,
    because,
    isSteady: true,
  });
  return [
    steady(
      'stage throttle',
      limits.rateLimit,
      `every second; up to ${grouped(limits.burstLimit)} at once from a full bucket (F1)`,
    ),
    steady('account', quotas.accountRatePerSecond, 'of all APIs of the account and Region together (F2)'),
    steady(
      '10× rule',
      REQUESTS_PER_SECOND_PER_CONCURRENCY * environments,
      `10/s for each of ${grouped(environments)} environments, whatever the duration (F32)`,
    ),
    ...(durationMs === null ? [] : concurrencyRates(subject, durationMs)),
    ...tableRates(subject, steady),
    ...(measured
      ? [
          steady(
            'measurement',
            measured.sustainedRate.lowerPerSecond,
            'the highest rate that met the SLO with all lower ones',
          ),
        ]
      : []),
    {
      by: 'timeouts',
      perSecond: environments / limits.timeoutSeconds,
      because: `where every invocation runs into its timeout of ${limits.timeoutSeconds} s, as with a table that hangs`,
      isSteady: false,
    },
  ];
}

/** The least of the rates that bind a steady load. */
export function leastRate(rates: readonly MaximumRate[]): number {
  return Math.min(...rates.filter(({ isSteady }) => isSteady).map(({ perSecond }) => perSecond));
}

function concurrencyRates({ limits, blockingRatio }: Subject, durationMs: number): readonly MaximumRate[] {
  const environments = limits.reservedConcurrency;
  const seconds = durationMs / 1000;
  const atOnce = Math.min(environments, ENVIRONMENTS_AT_ONCE);
  const growth =
    environments <= ENVIRONMENTS_AT_ONCE
      ? `all ${grouped(environments)} environments may start at once`
      : `${grouped(ENVIRONMENTS_AT_ONCE)} environments at once, then ${ENVIRONMENTS_PER_SECOND} more a second: all of them after ${grouped((environments - ENVIRONMENTS_AT_ONCE) / ENVIRONMENTS_PER_SECOND, 3)} s`;
  return [
    {
      by: 'concurrency',
      perSecond: environments / seconds,
      because: `${grouped(environments)} environments, each busy for ${milliseconds(durationMs)} (F30), never idle`,
      isSteady: true,
    },
    {
      by: 'concurrency, random arrivals',
      perSecond: carriedLoad(environments, blockingRatio) / seconds,
      because: `so that Lambda refuses at most ${percent(blockingRatio)} (Erlang B, F34)`,
      isSteady: true,
    },
    { by: 'scaling from idle', perSecond: atOnce / seconds, because: `${growth} (F33)`, isSteady: false },
  ];
}

function tableRates(
  { quotas, units, itemBytes }: Subject,
  steady: (by: string, perSecond: number, because: string) => MaximumRate,
): readonly MaximumRate[] {
  const each = `${grouped(units)} write unit${units === 1 ? '' : 's'} for an item of ${grouped(itemBytes)} bytes (F43)`;
  const table = quotas.tableWriteUnitsPerSecond;
  return [
    steady('table', table / units, `${grouped(table)} units/s now (F40), ${each}`),
    {
      by: 'table, scaled out',
      perSecond: TABLE_QUOTA_WRITE_UNITS_PER_SECOND / units,
      because: `${grouped(TABLE_QUOTA_WRITE_UNITS_PER_SECOND)} units/s, the table's quota (F42)`,
      isSteady: false,
    },
    {
      by: 'one id',
      perSecond: PARTITION_WRITE_UNITS_PER_SECOND / units,
      because: `${grouped(PARTITION_WRITE_UNITS_PER_SECOND)} units/s for one partition, and so for one hot key (F41)`,
      isSteady: false,
    },
  ];
}
