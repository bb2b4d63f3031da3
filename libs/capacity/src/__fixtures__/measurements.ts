import type { Measurements } from '@spillway/throttle';
import { targets } from './simulated-stage.ts';

/** Measurements of a stage that sustains 1,000/s at 50 ms. */
export function measurementsOf(changes: Partial<Measurements> = {}): Measurements {
  return {
    sustainedRate: { lowerPerSecond: 1000, upperPerSecond: 1080 },
    serviceTime: { meanUpperMs: 50, tailUpperMs: 400 },
    burst: { cleanRequests: 60, answeredWithinMs: 150 },
    itemBytes: 1024,
    memorySize: 1024,
    quotas: {
      accountConcurrency: 1000,
      otherReservedConcurrency: 0,
      accountRatePerSecond: 10_000,
      accountBurst: 5000,
      tableWriteUnitsPerSecond: 4000,
    },
    targets,
    ...changes,
  };
}
