import type { ThrottleConfig } from '@spillway/throttle';
import { batchLimits } from '../constructs/batch-limits.ts';
import type { Stage } from '../stages.ts';
import { neededWriteUnits, warmWriteUnits } from '../warm-write-units.ts';

/** What a stage takes of its account where every client uses all it may. */
export interface DeploymentNeeds {
  /** For commands. */
  readonly stage: string;
  /** Of both routes: each has a bucket of its own (F4). */
  readonly requestsPerSecond: number;
  readonly burstRequests: number;
  readonly reservedConcurrency: number;
  /** Entries of both routes, at the size that was measured; a placeholder counts one unit an entry. */
  readonly writeUnitsPerSecond: number;
  /** What the table is asked to take at once; `undefined` where every new one does. */
  readonly warmWriteUnitsPerSecond: number | undefined;
  readonly limits: ThrottleConfig['limits'];
  readonly limitsAreMeasured: boolean;
}

/** A stage and its throttle file → what they take of the account. */
export function deploymentNeeds(
  stage: Pick<Stage, 'batchShare' | 'warmWriteUnitsPerSecond'>,
  throttle: ThrottleConfig,
): DeploymentNeeds {
  const { limits, evidence } = throttle;
  const batch = batchLimits(limits, stage.batchShare);
  return {
    stage: throttle.stage,
    requestsPerSecond: limits.rateLimit + batch.rateLimit,
    burstRequests: limits.burstLimit + batch.burstLimit,
    reservedConcurrency: limits.reservedConcurrency,
    writeUnitsPerSecond: neededWriteUnits(throttle, stage.batchShare),
    warmWriteUnitsPerSecond: warmWriteUnits(throttle, stage),
    limits,
    limitsAreMeasured: evidence.kind === 'measured',
  };
}
