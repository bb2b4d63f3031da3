import type { Fit, SlowFigures } from '@spillway/capacity/testing';
import type { Lateness } from './sent-instants.ts';
import type { LatencyView } from './tools/load-tool.ts';

interface Taken {
  readonly tool: string;
  readonly round: number;
}

/** The most that a tool sends on one core. */
export interface MaximumFinding extends Taken {
  /** Highest rate held, or what a closed loop reaches, requests/s. */
  readonly perSecond: number;
  /** Lowest rate missed; null for a closed loop. */
  readonly missedPerSecond: number | null;
  /** CPU a request there, without the start, ms. */
  readonly cpuMs: number | null;
  readonly serverBusyRatio: number | null;
}

/** Whether a share of the maximum was held. */
export interface SteadyFinding extends Taken {
  readonly shareOfMaximum: number;
  readonly offeredPerSecond: number;
  readonly achievedRatio: number;
}

/** CPU of the whole process tree for each request at the steady rate, ms. */
export interface CpuFinding extends Taken {
  /** Of the longer run, its start included. */
  readonly wholeMs: number;
  /** Difference of the two runs, for each request that the longer one had more. */
  readonly steadyMs: number;
}

/** How the gaps of Poisson arrivals at the steady rate fit the exponential. */
export interface PoissonFinding extends Taken {
  readonly seed: number;
  readonly intended: Fit;
  readonly sent: Fit;
}

/** How late requests were at the steady rate, constant. */
export interface ConstantFinding extends Taken {
  /** By the tool's own account. */
  readonly own: Lateness | null;
  /** By the server's. */
  readonly seen: Lateness;
}

/** What a tool says of a server that stands still now and then, and what is so. */
export interface StallFinding extends Taken {
  readonly stalls: number;
  readonly truth: SlowFigures;
  readonly views: readonly LatencyView[];
}

/** All that was found. */
export interface Findings {
  readonly maximum: readonly MaximumFinding[];
  readonly steady: readonly SteadyFinding[];
  readonly cpu: readonly CpuFinding[];
  readonly poisson: readonly PoissonFinding[];
  readonly constant: readonly ConstantFinding[];
  readonly stall: readonly StallFinding[];
}
