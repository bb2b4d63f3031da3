/**
 * What becomes of a request, and which answer its client sees (REST API; `ingest` for the table):
 * - throttled, 429: by the client's usage plan, the stage's throttle, the account's (F3, F10)
 * - failed, 500: refused by Lambda (F16) for its reserved concurrency, the account's, the 10× rule (F32), the scaling
 *   rate (F33)
 * - failed, 502: the function's own timeout (F19 **?**); 504: the gateway's (F18); 503: the table throttled the write
 *   until the SDK gave up
 */
export const simulatedOutcomes = [
  'acknowledged',
  'throttled-by-plan',
  'throttled-by-stage',
  'throttled-by-account',
  'refused-by-reserved-concurrency',
  'refused-by-account-concurrency',
  'refused-by-ten-times-rule',
  'refused-by-scaling-rate',
  'function-timeout',
  'gateway-timeout',
  'table-throttled',
] as const;
export type SimulatedOutcome = (typeof simulatedOutcomes)[number];

/** Index of each outcome: what the inner loop counts with. */
export const OUTCOME = {
  acknowledged: 0,
  throttledByPlan: 1,
  throttledByStage: 2,
  throttledByAccount: 3,
  refusedByReserved: 4,
  refusedByAccount: 5,
  refusedByTenTimes: 6,
  refusedByScaling: 7,
  functionTimeout: 8,
  gatewayTimeout: 9,
  tableThrottled: 10,
} as const;

/** Whether it is an answer 429: policy, never summed with damage. */
export function isThrottled(outcome: SimulatedOutcome): boolean {
  return outcome.startsWith('throttled-');
}

/** Whether Lambda refused it: no invocation took place. */
export function isRefused(outcome: SimulatedOutcome): boolean {
  return outcome.startsWith('refused-');
}

/** Whether a client may hope that another attempt ends better: 429, 500 and 503, but not 502 and 504. */
export function isWorthRetrying(outcome: number): boolean {
  return (
    outcome !== OUTCOME.acknowledged &&
    outcome !== OUTCOME.functionTimeout &&
    outcome !== OUTCOME.gatewayTimeout
  );
}
