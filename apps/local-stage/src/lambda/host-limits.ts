/** What this machine can carry: separate from Lambda's limits, so that reaching it is never taken for one. */
export interface HostLimits {
  /** Execution environments of a function that may exist at once, ≥ 1. */
  readonly maxEnvironments: number;
  /** Called once a pool, when an invocation first waits because of `maxEnvironments`. */
  onCeilingReached(): void;
  /** Called with one line when the function's code first does not load, or an invocation first fails; again for new code. */
  onFailure(line: string): void;
}

const ENVIRONMENTS_PER_CPU = 4;
const FEWEST = 8;

/**
 * Execution environments that a machine of so many CPUs carries without losing throughput to their number.
 * Measured on 2 CPUs only, with a handler that makes one SDK call, 32 connections: 4 and 8 could not be told apart
 * (8 did 0.87 to 1.13 of what 4 did, from pair to pair), 16 did 0.5 to 0.85. Of the two that tie the larger, because
 * handlers that wait gain from it. For more CPUs it is an extrapolation.
 */
export function defaultMaxEnvironments(cpuCount: number): number {
  return Math.max(FEWEST, ENVIRONMENTS_PER_CPU * cpuCount);
}
