import { TABLE_QUOTA_WRITE_UNITS_PER_SECOND } from '@spillway/capacity';
import type { Profile, Settings } from '../settings.ts';
import type { SweepName } from '../sweeps/sweep-names.ts';

/** The most that the sweeps of a run may send, and what of it is paid for. */
export interface SweepLoad {
  readonly requests: number;
  readonly writeUnits: number;
  /** Requests weighted by the function's memory, GB. */
  readonly requestGb: number;
  readonly sendingSeconds: number;
  readonly steps: number;
}

/** A run without sweeps. */
export const NO_SWEEP: SweepLoad = {
  ...{ requests: 0, writeUnits: 0, requestGb: 0 },
  ...{ sendingSeconds: 0, steps: 0 },
};

/** A size of the memory sweep is measured twice at most, then for twice as long. */
const MEMORY_HOLDS = 1 + 2;
const MEMORY_TRIES = 2;
/** Sizes beside those of the settings: the deployed one. */
const DEPLOYED_SIZE = 1;
/** Memory that is priced where the run leaves it as deployed, GB. */
const DEPLOYED_GB = 1;

/** Upper bounds of what the sweeps add to a run. @param unitsOf write units of a request of so many bytes */
export function sweepLoad(
  profile: Profile,
  settings: Pick<Settings, 'sweeps' | 'payloadBytes'>,
  sweeps: readonly SweepName[],
  unitsOf: (payloadBytes: number) => number,
): SweepLoad {
  const loads = sweeps.map((name) =>
    name === 'payload'
      ? payloadLoad(profile, settings.sweeps.payloadBytes, unitsOf)
      : memoryLoad(profile, settings, unitsOf),
  );
  const total = (pick: (load: SweepLoad) => number): number =>
    loads.reduce((sum, load) => sum + pick(load), 0);
  return {
    requests: total((load) => load.requests),
    writeUnits: total((load) => load.writeUnits),
    requestGb: total((load) => load.requestGb),
    sendingSeconds: total((load) => load.sendingSeconds),
    steps: total((load) => load.steps),
  };
}

/** As if the whole budget went to the largest size at the top rate. */
function payloadLoad(
  { payloadSweepBudgetMs, maxPerSecond, holdMs }: Profile,
  sizes: readonly number[],
  unitsOf: (payloadBytes: number) => number,
): SweepLoad {
  const seconds = payloadSweepBudgetMs / 1000;
  // What a table throttles is not billed: it is never more than the quota, unless that was raised.
  const unitsPerSecond = Math.min(
    maxPerSecond * unitsOf(Math.max(...sizes)),
    Math.max(TABLE_QUOTA_WRITE_UNITS_PER_SECOND, maxPerSecond),
  );
  return {
    requests: maxPerSecond * seconds,
    writeUnits: unitsPerSecond * seconds,
    requestGb: DEPLOYED_GB * maxPerSecond * seconds,
    sendingSeconds: seconds,
    steps: payloadSweepBudgetMs / holdMs,
  };
}

/** As if every size proved nothing at first, at the top rate. */
function memoryLoad(
  { maxPerSecond, holdMs, warmUpMs, warmUps }: Profile,
  { sweeps, payloadBytes }: Pick<Settings, 'sweeps' | 'payloadBytes'>,
  unitsOf: (payloadBytes: number) => number,
): SweepLoad {
  const heldSeconds = (MEMORY_HOLDS * holdMs + MEMORY_TRIES * warmUpMs) / 1000;
  const warmSeconds = warmUps.reduce((sum, step) => sum + step.holdMs / 1000, 0);
  const warmRequests = warmUps.reduce((sum, step) => sum + (step.ratePerSecond * step.holdMs) / 1000, 0);
  const requestsEach = maxPerSecond * heldSeconds + warmRequests;
  const sizes = sweeps.memorySizes.length + DEPLOYED_SIZE;
  const gigabytes = sweeps.memorySizes.reduce((sum, size) => sum + size / 1024, DEPLOYED_GB);
  return {
    requests: sizes * requestsEach,
    writeUnits: sizes * requestsEach * unitsOf(payloadBytes),
    requestGb: gigabytes * requestsEach,
    sendingSeconds: sizes * (heldSeconds + warmSeconds),
    steps: sizes * (MEMORY_TRIES + warmUps.length),
  };
}
