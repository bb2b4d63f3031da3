import { PRICES } from '@spillway/capacity';
import { isRefused, isThrottled, simulatedOutcomes, type SimulatedOutcome } from './outcomes.ts';
import type { SimulationResult } from './simulation-result.ts';

/**
 * List prices, us-east-1, USD, of what was simulated, at the first tier (F70, F72, F73): what else the month holds, which
 * decides the tier, is not simulated.
 */
export interface SimulatedCost {
  readonly usd: number;
  readonly lines: readonly {
    readonly name: 'REST API' | 'Lambda requests' | 'Lambda duration' | 'Table writes';
    readonly usd: number;
    readonly because: string;
  }[];
  /** What the answers 429 would add: whether they are billed is unverified (F78). */
  readonly throttledUsd: number;
}

/**
 * What a simulated load costs: every attempt that the gateway let in, every invocation with its init, every write. Not
 * contained: logs, metrics, traces, storage, free tiers, the rounding of durations to milliseconds.
 * @param memorySize MB
 */
export function simulatedCost({ totals }: SimulationResult, memorySize: number): SimulatedCost {
  const counted = (isMeant: (outcome: SimulatedOutcome) => boolean) =>
    simulatedOutcomes.reduce((sum, name) => sum + (isMeant(name) ? totals.outcomes[name] : 0), 0);
  const throttled = counted(isThrottled);
  const admitted = counted(() => true) - throttled;
  const invocations = admitted - counted(isRefused);
  const gbSeconds = (totals.inUseMs / 1000) * (memorySize / 1024);
  const { lambda, table } = PRICES;
  const [{ usdPerMillion }] = PRICES.restApi;
  const lines: SimulatedCost['lines'] = [
    { name: 'REST API', usd: (admitted / 1e6) * usdPerMillion, because: `${admitted} requests (F70)` },
    {
      name: 'Lambda requests',
      usd: (invocations / 1e6) * lambda.usdPerMillionRequests,
      because: `${invocations} invocations (F72)`,
    },
    {
      name: 'Lambda duration',
      usd: gbSeconds * lambda.usdPerGbSecond.arm64,
      because: `${Math.round(gbSeconds)} GB-s, arm64, ${memorySize} MB (F72)`,
    },
    {
      name: 'Table writes',
      usd: (totals.writeUnits / 1e6) * table.usdPerMillionWriteUnits,
      because: `${totals.writeUnits} write units (F73)`,
    },
  ];
  return {
    usd: lines.reduce((sum, line) => sum + line.usd, 0),
    lines,
    throttledUsd: (throttled / 1e6) * usdPerMillion,
  };
}
