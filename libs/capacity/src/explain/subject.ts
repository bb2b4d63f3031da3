import type { Evidence, Limits, Measurements } from '@spillway/throttle';
import { DEFAULT_QUOTAS, writeUnits } from '../aws-rules.ts';

/** What is to be explained; what is left out is taken from the evidence, else from AWS's defaults. */
export interface ExplainInput {
  /** `timeoutSeconds` may be more than a throttle file takes. */
  readonly limits: Limits;
  readonly evidence?: Evidence | undefined;
  /** Mean duration of an invocation. @default the measured one, else unknown */
  readonly durationMs?: number | undefined;
  /** Body and item of a typical request. @default the measured item, else a body of 1 KB */
  readonly size?: { readonly payloadBytes: number; readonly itemBytes: number } | undefined;
}

/** The input with every gap filled, and in words where it was filled from. */
export interface Subject {
  readonly limits: Limits;
  readonly measured: Measurements | null;
  /** Null: nobody measured it and nobody gave it. */
  readonly durationMs: number | null;
  readonly payloadBytes: number;
  readonly itemBytes: number;
  /** Write units of such an item (F43). */
  readonly units: number;
  readonly quotas: Measurements['quotas'];
  /** ε_b: share of the rated load that Lambda may refuse. */
  readonly blockingRatio: number;
  /** h: share of every ceiling that a rate limit takes (method, section 6). */
  readonly headroomRatio: number;
  readonly sdkRetryBudgetMs: number;
  readonly origins: {
    readonly duration: string;
    readonly size: string;
    readonly quotas: string;
    readonly blocking: string;
  };
}

/** Body of a typical request where nobody says, and the item it becomes at most: 54 bytes of hash on top. */
const TYPICAL = { payloadBytes: 1024, itemBytes: 1078 };

/** Targets where nobody measured with others: those of `apps/loadtest/slo.json`. */
const DEFAULT_BLOCKING_RATIO = 0.001;
const DEFAULT_HEADROOM_RATIO = 0.8;
const DEFAULT_SDK_RETRY_BUDGET_MS = 3000;

/** No account comes near these; they keep products of any two numbers finite. */
const LEAST = 1e-9;
const MOST = 1e12;

/** Fills the gaps of an input, and holds its numbers within what can be multiplied. */
export function subjectOf({ limits, evidence, durationMs, size }: ExplainInput): Subject {
  const measured = evidence?.kind === 'measured' ? evidence.measurements : null;
  const itemBytes = measured?.itemBytes;
  const found = itemBytes === undefined ? TYPICAL : { payloadBytes: itemBytes, itemBytes };
  const { payloadBytes, itemBytes: stored } = size ?? found;
  const duration = durationMs ?? (measured ? Math.max(measured.serviceTime.meanUpperMs, LEAST) : null);
  return {
    limits: finiteLimits(limits),
    measured,
    durationMs: duration === null ? null : within(duration),
    payloadBytes: within(payloadBytes),
    itemBytes: within(stored),
    units: writeUnits(within(stored)),
    quotas: measured ? withinAll(measured.quotas) : DEFAULT_QUOTAS,
    blockingRatio: measured?.targets.blockingRatio ?? DEFAULT_BLOCKING_RATIO,
    headroomRatio: within(measured?.targets.headroomRatio ?? DEFAULT_HEADROOM_RATIO),
    sdkRetryBudgetMs: within(measured?.targets.sdkRetryBudgetMs ?? DEFAULT_SDK_RETRY_BUDGET_MS),
    origins: {
      duration:
        durationMs !== undefined ? 'given' : measured ? 'measured, 95 % upper bound of the mean' : 'unknown',
      size: size ? 'given' : measured ? 'measured' : 'assumed',
      quotas: measured ? 'those of the measured account' : "AWS's defaults: F2, F30, F40",
      blocking: measured ? 'the target it was measured with' : 'assumed',
    },
  };
}

/** Limits with numbers that can be multiplied. */
export function finiteLimits(limits: Limits): Limits {
  return {
    ...limits,
    rateLimit: within(limits.rateLimit),
    burstLimit: within(limits.burstLimit),
    reservedConcurrency: within(limits.reservedConcurrency),
  };
}

function within(value: number): number {
  return Math.min(MOST, Math.max(LEAST, value));
}

function withinAll(quotas: Measurements['quotas']): Measurements['quotas'] {
  return {
    ...quotas,
    accountConcurrency: within(quotas.accountConcurrency),
    otherReservedConcurrency: Math.min(MOST, quotas.otherReservedConcurrency),
    accountRatePerSecond: within(quotas.accountRatePerSecond),
    accountBurst: within(quotas.accountBurst),
    tableWriteUnitsPerSecond: within(quotas.tableWriteUnitsPerSecond),
  };
}
