import { writeUnits } from '../aws-rules.ts';
import { grouped } from '../figures.ts';
import { lambdaUsdPerMillion } from './lambda-cost.ts';
import {
  CUSTOM_METRICS,
  LOG_BYTES_PER_REQUEST,
  logsUsdPerMonth,
  tracesPerSecond,
  tracesUsdPerMonth,
} from './observing-cost.ts';
import {
  BYTES_PER_GB,
  BYTES_PER_METERED_REQUEST,
  HOURS_PER_MONTH,
  PRICES,
  tieredUsd,
  type Architecture,
} from './prices.ts';

/** What a month is priced for: a stage that serves the same rate all month, every request accepted. */
export interface CostInput {
  /** Requests/s, above 0. */
  readonly ratePerSecond: number;
  readonly api: 'rest' | 'http';
  /** Bytes of a request's body. */
  readonly payloadBytes: number;
  /** Bytes of the item it becomes (F43). @default payloadBytes */
  readonly itemBytes?: number;
  /** Mean duration of an invocation. */
  readonly durationMs: number;
  /** MB. */
  readonly memorySize: number;
  /** @default 'arm64' */
  readonly architecture?: Architecture;
  /** @default LOG_BYTES_PER_REQUEST */
  readonly logBytesPerRequest?: number;
  /** @default 30 */
  readonly logRetentionDays?: number;
}

/** One thing that is paid for. */
export interface CostLine {
  readonly name: string;
  /** The arithmetic in words, with its F-number. */
  readonly because: string;
  readonly usdPerMonth: number;
  readonly usdPerMillion: number;
}

/** A month at list prices, us-east-1, USD. */
export interface Cost {
  readonly requestsPerMonth: number;
  readonly usdPerMonth: number;
  /** The month / its requests: the tiers and the free parts in it. */
  readonly usdPerMillion: number;
  readonly lines: readonly CostLine[];
  /** What the entries of one month add to the bill of every month they are kept, not in the sums (F73). */
  readonly storageUsdPerMonthKept: number;
  readonly notContained: readonly string[];
}

/** A rate, size or duration that no month can be priced for; the message says found and wanted. */
export class CostInputError extends Error {
  readonly code = 'COST_INPUT_INVALID';
}

/** What no line of costOf contains. */
const NOT_CONTAINED = [
  'requests that are not accepted: whether a 429 is billed is unverified (F78); a refusal by Lambda or a retry is a request of its own',
  'init of cold starts, which is billed as duration (F72)',
  'free tiers other than those of traces and table storage, volume discounts other than those of the gateway, tax',
  'point-in-time recovery and data transfer out',
] as const;

/**
 * What a stage costs at a steady rate: gateway (F70, F71), Lambda (F72), write units (F43, F73), logs and metrics
 * (F75), traces (F76). The table's gateway endpoint and reserved concurrency are free (F50, F31).
 * @throws CostInputError where a number is not finite or out of range
 */
export function costOf(input: CostInput): Cost {
  checkInput(input);
  const { ratePerSecond, payloadBytes, itemBytes = payloadBytes, durationMs, memorySize } = input;
  const { architecture = 'arm64', logBytesPerRequest = LOG_BYTES_PER_REQUEST, logRetentionDays = 30 } = input;
  const seconds = 3600 * HOURS_PER_MONTH;
  const requestsPerMonth = ratePerSecond * seconds;
  const millions = requestsPerMonth / 1e6;
  const lambda = lambdaUsdPerMillion(memorySize, durationMs, architecture);
  const units = writeUnits(itemBytes);
  const traces = tracesPerSecond(ratePerSecond) * seconds;
  const priced: readonly (readonly [name: string, because: string, usdPerMonth: number])[] = [
    gatewayLine(input, requestsPerMonth),
    [
      'Lambda requests',
      `${PRICES.lambda.usdPerMillionRequests} USD a million (F72)`,
      millions * lambda.requests,
    ],
    [
      'Lambda duration',
      `${grouped(lambda.billedMs, 4)} ms billed, the mean + 0.5 as started ones count whole, at ${grouped(memorySize)} MB, ${architecture} (F72)`,
      millions * lambda.duration,
    ],
    [
      'Table writes',
      `${units} write unit${units === 1 ? '' : 's'} for an item of ${grouped(itemBytes)} bytes (F43, F73)`,
      millions * units * PRICES.table.usdPerMillionWriteUnits,
    ],
    [
      'Logs',
      `${logBytesPerRequest} bytes a request, kept ${logRetentionDays} days (F75)`,
      logsUsdPerMonth(requestsPerMonth * logBytesPerRequest, logRetentionDays),
    ],
    ['Traces', '1 a second and 5 % of the others (F76)', tracesUsdPerMonth(traces)],
    ['Metrics', `${CUSTOM_METRICS} custom metrics (F75)`, CUSTOM_METRICS * PRICES.customMetric.usdPerMonth],
  ];
  const usdPerMonth = priced.reduce((sum, [, , usd]) => sum + usd, 0);
  const storedGb = (requestsPerMonth * itemBytes) / BYTES_PER_GB;
  return {
    requestsPerMonth,
    usdPerMonth,
    usdPerMillion: usdPerMonth / millions,
    lines: priced.map(([name, because, usd]) => ({
      name,
      because,
      usdPerMonth: usd,
      usdPerMillion: usd / millions,
    })),
    storageUsdPerMonthKept:
      Math.max(0, storedGb - PRICES.table.freeStoredGb) * PRICES.table.usdPerStoredGbMonth,
    notContained: NOT_CONTAINED,
  };
}

function gatewayLine({ api, payloadBytes }: CostInput, requests: number): readonly [string, string, number] {
  if (api === 'rest') return ['REST API', 'by tiers of requests (F70)', tieredUsd(requests, PRICES.restApi)];
  const meters = Math.max(1, Math.ceil(payloadBytes / BYTES_PER_METERED_REQUEST));
  const because = `${meters} × 512 KB a request, by tiers (F71)`;
  return ['HTTP API', because, tieredUsd(requests * meters, PRICES.httpApi)];
}

/** Numbers taken: sums and quotients stay far from what a double holds. */
const MOST = 1e15;
/** The least rate that a month is priced for. */
export const LEAST_RATE_PER_SECOND = 1e-9;

function checkInput(input: CostInput): void {
  const { ratePerSecond, payloadBytes, itemBytes = 0, durationMs, memorySize } = input;
  const { logBytesPerRequest = 0, logRetentionDays = 0 } = input;
  const numbers = { ratePerSecond, payloadBytes, itemBytes, durationMs, memorySize, logBytesPerRequest };
  for (const [name, value] of Object.entries({ ...numbers, logRetentionDays })) {
    const from = name === 'ratePerSecond' ? LEAST_RATE_PER_SECOND : 0;
    if (value >= from && value <= MOST) continue;
    throw new CostInputError(`${name} ${value}, want a number from ${from} to ${MOST}`);
  }
}
