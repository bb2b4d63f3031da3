import { ENVIRONMENTS_AT_ONCE, REQUESTS_PER_SECOND_PER_CONCURRENCY } from '../aws-rules.ts';
import type { Binding } from '../run-record.ts';
import { ownMetricsMs } from '../steps/metrics-window.ts';
import {
  FULL_RATIO,
  highestRate,
  stageMost,
  stageSum,
  type BindingRule,
  type Evidence,
} from './binding-evidence.ts';

/** 429: the account's quota at its rate, a usage plan where a key went along, else a throttle that was not lifted. */
const gateway: BindingRule = (bound, _steps, { quotas, hasApiKey = false }) => {
  const throttled = bound.reduce((sum, { measurement }) => sum + measurement.outcomes.throttled, 0);
  if (throttled === 0) return null;
  const rate = highestRate(bound);
  if (rate >= quotas.accountRatePerSecond) {
    return {
      by: 'quota',
      because: `${throttled} answers are 429 at ${rate}/s, the account's quota is ${quotas.accountRatePerSecond}/s (F2)`,
      next: 'ask Service Quotas for a higher rate if more is needed',
    };
  }
  return hasApiKey
    ? {
        by: 'usage-plan',
        because: `${throttled} answers are 429 to requests with one API key, although the stage throttle was lifted to ${quotas.accountRatePerSecond}/s: its usage plan comes first (F3)`,
        next: 'raise the rate, burst and quota of the usage plan of that key, or measure with a key of a plan of its own',
      }
    : {
        by: 'stage-throttle',
        because: `${throttled} answers are 429 although the stage throttle was lifted`,
        next: 'look for a usage plan, the account quota or another stage sharing it, and lift that',
      };
};

/** Invocations that Lambda refused (F34): too many a second, too many new ones at once, or too many. */
const lambda: BindingRule = (bound, steps, { quotas }) => {
  const throttles = stageSum(bound, 'lambdaThrottles');
  // A local stage whose machine has no environment left holds invocations in a queue until Lambda's limit is used up.
  if (throttles === 0 || stageSum(bound, 'hostQueued') > 0) return null;
  const limit = quotas.accountConcurrency - quotas.otherReservedConcurrency;
  const used = stageMost(bound, 'concurrentExecutionsMax');
  const rate = highestRate(bound);
  const found = `Lambda refused ${throttles} invocations at ${rate}/s with ${used} of ${limit} environments in use`;
  if (used < FULL_RATIO * limit) {
    return tenTimesRule(rate, limit, found) ?? scalingRate(rate, used, steps, found) ?? reserved(found);
  }
  return reserved(found);
};

function tenTimesRule(rate: number, limit: number, found: string): Binding | null {
  if (rate <= REQUESTS_PER_SECOND_PER_CONCURRENCY * limit) return null;
  return {
    by: 'ten-times-rule',
    because: `${found}: ten a second for each is the limit (F32)`,
    next: `reserve at least ${Math.ceil(rate / REQUESTS_PER_SECOND_PER_CONCURRENCY)} for ${rate}/s`,
  };
}

/** By Little's law the rate asks for more environments than may start at once, and not even those are there. */
function scalingRate(rate: number, used: number, steps: Evidence, found: string): Binding | null {
  const wanted = Math.ceil((rate * stageMost(steps, 'durationMeanMs')) / 1000);
  if (wanted <= ENVIRONMENTS_AT_ONCE || used >= wanted) return null;
  return {
    by: 'scaling-rate',
    because: `${found}, ${wanted} are wanted: ${ENVIRONMENTS_AT_ONCE} new ones every 10 s is the limit (F33)`,
    next: 'raise the load more slowly, provision concurrency, or shorten the function',
  };
}

function reserved(found: string): Binding {
  return {
    by: 'reserved-concurrency',
    because: found,
    next: 'raise the reservation or the account quota, or shorten the function',
  };
}

const functionTimeout: BindingRule = (bound, _steps, { limits: { timeoutSeconds } }) => {
  const longest = stageMost(bound, 'durationMaxMs');
  const errors = stageSum(bound, 'lambdaErrors');
  return errors === 0 || longest < 990 * timeoutSeconds
    ? null
    : {
        by: 'function-timeout',
        because: `${errors} invocations ended in an error and the longest took ${(longest / 1000).toFixed(1)} s of ${timeoutSeconds} s allowed`,
        next: 'find what the function waits for; a longer timeout only hides it',
      };
};

/**
 * Throttled writes: of a table that takes all it may, or of one that has units left, which one key or partition then
 * lacks (F41).
 */
const table: BindingRule = (bound, _steps, { quotas: { tableWriteUnitsPerSecond } }) => {
  const throttling = bound.filter(({ record }) => (record.stage?.writeThrottleEvents ?? 0) > 0);
  if (throttling.length === 0) return null;
  const events = stageSum(bound, 'writeThrottleEvents');
  const taken = mostUnitsPerSecond(throttling);
  return taken !== null && taken < FULL_RATIO * tableWriteUnitsPerSecond
    ? {
        by: 'hot-key',
        because: `the table throttled ${events} writes although it took at most ${taken.toFixed(0)} of ${tableWriteUnitsPerSecond} write units/s: one partition takes 1,000 (F41)`,
        next: 'spread the partition key, and check that the table has no maximum of its own (F45)',
      }
    : {
        by: 'dynamodb-throttling',
        because: `the table throttled ${events} writes`,
        next: 'raise the warm throughput of the table, and check that no key takes over 1,000 write units/s (F41)',
      };
};

/** Write units/s that the table counted, the most of the steps; null where one has no count of its own. */
function mostUnitsPerSecond(steps: Evidence): number | null {
  const rates = steps.map(({ record }) => {
    const units = record.stage?.consumedWriteUnits ?? null;
    const spanMs = ownMetricsMs(record) ?? 0;
    return units === null || spanMs === 0 ? null : (1000 * units) / spanMs;
  });
  return rates.reduce((most, rate) => (most === null || rate === null ? null : Math.max(most, rate)), 0);
}

/** Rules that name a refusal: certain, where there is one. */
export const refusalRules: readonly BindingRule[] = [gateway, lambda, functionTimeout, table];
