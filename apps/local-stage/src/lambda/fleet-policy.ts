import type { EnvironmentSource, RanOutcome } from './environment-port.ts';
import type { RunSlotsPolicy } from './run-slots.ts';

/** How a fleet uses this machine. */
export interface FleetPolicy extends RunSlotsPolicy {
  readonly source: EnvironmentSource;
  readonly maxEnvironments: number;
  readonly maxStarts: number;
  readonly keptIdle: number;
  readonly idleLimitMs: number;
  readonly initLimitMs: number;
}

/** Who counts what a fleet does. */
export interface FleetObserver {
  environmentsChanged(count: number): void;
  initialized(initMs: number): void;
  /** An invocation waits although a start would be due: the ceiling forbids it. */
  hostQueued(): void;
  /** An invocation waits although a start would be due: so many are started one after the other here. */
  startQueued(): void;
  /** Of the code that is run now. */
  initFailed(outcome: RanOutcome): void;
  /** An invocation ended in anything but `returned`, in the code that is run now. */
  failed(outcome: RanOutcome): void;
}

export interface FleetCounts {
  /** Processes that exist, those being started included. */
  readonly environments: number;
  readonly starting: number;
  readonly idle: number;
  readonly busy: number;
  /** Invocations for which there is no environment yet. */
  readonly waiting: number;
}
