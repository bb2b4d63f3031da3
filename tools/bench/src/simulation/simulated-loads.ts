import { patternArrivals, type Load, type PatternName, type StageModel } from '@spillway/simulation';

/** A stage and a load whose simulation is timed. */
export interface SimulatedLoad {
  readonly name: string;
  readonly stage: StageModel;
  readonly load: Load;
}

/** The sample's placeholder limits on an account as AWS gives it; 90 ms an invocation, exponential. */
const placeholder: StageModel = {
  gateway: {
    stage: { rateLimit: 1000, burstLimit: 2000 },
    account: { rateLimit: 10_000, burstLimit: 5000 },
    timeoutMs: 29_000,
  },
  function: {
    reservedConcurrency: 100,
    accountConcurrency: 1000,
    otherReservedConcurrency: 0,
    timeoutMs: 29_000,
    coldStartMs: 300,
    idleMs: 300_000,
    warmEnvironments: 0,
  },
  service: { kind: 'exponential', meanMs: 90 },
  table: {
    writeUnitsPerSecond: 4000,
    unitsPerWrite: 1,
    hotKeyRatio: 0,
    sdk: { attempts: 3, baseMs: 500, budgetMs: 3000 },
  },
  overheadMs: 0,
};

/** An account so large that 100,000 requests/s are all served, 9,000 at once. */
const large: StageModel = {
  ...placeholder,
  gateway: { stage: null, account: null, timeoutMs: 29_000 },
  function: {
    ...placeholder.function,
    reservedConcurrency: 20_000,
    accountConcurrency: 30_000,
    warmEnvironments: 20_000,
  },
  table: null,
};

const patient = { count: 1, plan: null, retry: null };
const stubborn = {
  count: 10_000,
  plan: { rateLimit: 1, burstLimit: 5 },
  retry: { attempts: 4, baseMs: 100, capMs: 20_000, budgetRatio: 0.2 },
};

/** @param share of the full durations; 1 for a measurement */
export function simulatedLoads(share: number): readonly SimulatedLoad[] {
  const arrivals = (pattern: PatternName, ratePerSecond: number, seconds: number, peakFactor = 1) =>
    patternArrivals(pattern, { ratePerSecond, durationMs: 1000 * seconds * share, peakFactor });
  return [
    {
      name: 'at the limits, 1,000/s',
      stage: placeholder,
      load: { arrivals: arrivals('poisson', 1000, 2000), clients: patient },
    },
    {
      name: 'all served, 100,000/s',
      stage: large,
      load: { arrivals: arrivals('poisson', 100_000, 20), clients: patient },
    },
    {
      name: 'flood of 1,000,000/s',
      stage: placeholder,
      load: { arrivals: arrivals('poisson', 1_000_000, 4), clients: patient },
    },
    {
      name: 'retry storm, 10,000 clients',
      stage: placeholder,
      load: { arrivals: arrivals('retry-storm', 1500, 1000, 3), clients: stubborn },
    },
  ];
}
