import { GATEWAY_TIMEOUT_SECONDS, grouped, UNRESERVED_CONCURRENCY, writeUnits } from '@spillway/capacity';
import { MAX_ITEM_BYTES, STORED_OVERHEAD_BYTES } from '@spillway/shared';
import {
  arrivalSpanMs,
  DEFAULT_PEAK_FACTOR,
  expectedRequests,
  patternArrivals,
  type ClientModel,
  type Load,
  type SimulationTerms,
  type StageModel,
} from '@spillway/simulation';
import type { ExplainableConfig } from '@spillway/throttle';
import type { KnownStage } from './known-stage.ts';
import type { KnownService } from './service-of.ts';
import { SimulationOptionsError, type SimulationOptions } from './simulation-options.ts';

/** All that a simulation is made of. */
export interface SimulationPlan {
  readonly stage: StageModel;
  readonly load: Load;
  readonly terms: SimulationTerms;
  readonly ratePerSecond: number;
  readonly durationMs: number;
  readonly peakFactor: number;
}

/** Attempts that are simulated at most: minutes of one core. */
const MOST_ATTEMPTS = 1e9;

/** Idle environments are kept for some minutes; AWS promises nothing **?**. */
const IDLE_MS = 300_000;

/** AWS SDK for JavaScript 3 after throttling, and the attempts that `ingest` allows it. */
const SDK = { attempts: 3, baseMs: 500 };

/** Longest back-off of a client, ms: that of AWS's SDKs. */
const RETRY_CAP_MS = 20_000;

/** Retries of a client in a retry storm, where nobody says how many. */
const STORM_RETRIES = 3;

/** Limits, what is known of the stage and what was told → a simulation. @throws SimulationOptionsError */
export function planSimulation(
  config: ExplainableConfig,
  known: KnownStage,
  { service, overheadMs }: KnownService,
  options: SimulationOptions,
): SimulationPlan {
  const { limits } = config;
  const { quotas } = known;
  const itemBytes = options.payloadBytes === undefined ? known.itemBytes : itemBytesOf(options.payloadBytes);
  const accountConcurrency = options.accountConcurrency ?? quotas.accountConcurrency;
  refuseReservation(limits.reservedConcurrency, accountConcurrency - quotas.otherReservedConcurrency);
  const stage: StageModel = {
    gateway: {
      stage: { rateLimit: limits.rateLimit, burstLimit: limits.burstLimit },
      account: {
        rateLimit: options.accountRate ?? quotas.accountRatePerSecond,
        burstLimit: options.accountBurst ?? quotas.accountBurst,
      },
      timeoutMs: GATEWAY_TIMEOUT_SECONDS * 1000,
    },
    function: {
      reservedConcurrency: limits.reservedConcurrency,
      accountConcurrency,
      otherReservedConcurrency: quotas.otherReservedConcurrency,
      timeoutMs: limits.timeoutSeconds * 1000,
      coldStartMs: options.coldStartMs ?? 0,
      idleMs: IDLE_MS,
      warmEnvironments: Math.min(options.warm, limits.reservedConcurrency),
    },
    service,
    table: {
      writeUnitsPerSecond: quotas.tableWriteUnitsPerSecond,
      unitsPerWrite: writeUnits(itemBytes),
      hotKeyRatio: options.hotKey,
      sdk: { ...SDK, budgetMs: known.sdkRetryBudgetMs },
    },
    overheadMs,
  };
  const ratePerSecond = options.rate ?? limits.rateLimit;
  const peakFactor = peakOf(options);
  const terms = { ratePerSecond, durationMs: options.duration, peakFactor };
  const load = { arrivals: patternArrivals(options.pattern, terms), clients: clientsOf(options) };
  refuseTooMuch(load);
  return { stage, load, terms: { seed: options.seed, lateMs: options.lateMs ?? known.latencyMs }, ...terms };
}

/** The item that a body becomes at most. The table takes none above its limit (F42): nothing would be acknowledged. */
function itemBytesOf(payloadBytes: number): number {
  const itemBytes = payloadBytes + STORED_OVERHEAD_BYTES;
  if (itemBytes <= MAX_ITEM_BYTES) return itemBytes;
  throw new SimulationOptionsError(
    `an item of ${grouped(itemBytes)} bytes, want at most ${grouped(MAX_ITEM_BYTES)} (F42), since a larger one is ` +
      `answered 413; lower --payload-bytes to at most ${MAX_ITEM_BYTES - STORED_OVERHEAD_BYTES}`,
  );
}

/** What AWS would refuse to deploy (F31) can't be simulated. */
function refuseReservation(reserved: number, left: number): void {
  const most = left - UNRESERVED_CONCURRENCY;
  if (reserved <= most) return;
  throw new SimulationOptionsError(
    `reserved concurrency ${reserved}, want at most ${Math.max(0, most)}, so that ${UNRESERVED_CONCURRENCY} of the account's ` +
      'stay unreserved (F31); lower it in the file or raise --account-concurrency',
  );
}

function peakOf({ pattern, peak }: SimulationOptions): number {
  if (peak === undefined) return DEFAULT_PEAK_FACTOR[pattern];
  if (pattern === 'constant' || pattern === 'poisson') {
    throw new SimulationOptionsError(
      `--peak ${peak} with --pattern=${pattern}, which has none; leave it out`,
    );
  }
  if (pattern === 'daily' && peak > 2) {
    throw new SimulationOptionsError(
      `--peak ${peak}, want at most 2: a day's curve whose night is not below 0`,
    );
  }
  return peak;
}

function clientsOf(options: SimulationOptions): ClientModel {
  const { clientRate, clientBurst } = options;
  if ((clientRate === undefined) !== (clientBurst === undefined)) {
    throw new SimulationOptionsError('one of --client-rate and --client-burst; a usage plan has both (F5)');
  }
  const retries = options.retries ?? (options.pattern === 'retry-storm' ? STORM_RETRIES : 0);
  return {
    count: options.clients,
    plan:
      clientRate === undefined || clientBurst === undefined
        ? null
        : { rateLimit: clientRate, burstLimit: clientBurst },
    retry:
      retries === 0
        ? null
        : {
            attempts: retries + 1,
            baseMs: options.retryBaseMs,
            capMs: RETRY_CAP_MS,
            budgetRatio: options.retryBudget ?? null,
          },
  };
}

function refuseTooMuch({ arrivals, clients }: Load): void {
  const attempts = expectedRequests(arrivals) * (clients.retry?.attempts ?? 1);
  if (attempts <= MOST_ATTEMPTS) return;
  const seconds = Math.round(arrivalSpanMs(arrivals) / 1000);
  throw new SimulationOptionsError(
    `${attempts.toExponential(1)} attempts in ${seconds} s, want at most ${MOST_ATTEMPTS.toExponential(0)}; ` +
      'lower --rate, --retries or --duration',
  );
}
