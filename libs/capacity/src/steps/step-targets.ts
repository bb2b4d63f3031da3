import type { Targets } from '../run-record.ts';
import type { StepRecord } from '../step-record.ts';

/**
 * What a step is judged by: the SLO, yet a burst by the headroom's share of its T, since one that only just meets T
 * today misses it in the replay tomorrow.
 */
export function stepTargets(purpose: StepRecord['purpose'], targets: Targets): Targets {
  if (purpose !== 'burst') return targets;
  return { ...targets, latencyMs: targets.headroomRatio * targets.latencyMs };
}
