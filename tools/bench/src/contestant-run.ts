import type { Audit } from './engine/audit.ts';
import type { FloodResult, Latency, Tally } from './load/job.ts';

/** One load on one contestant. */
export interface LoadFigures {
  /** Answered 200, requests/s. */
  readonly perSecond: number;
  readonly latencyMs: Latency | null;
  /** Not answered 200. */
  readonly errors: number;
  readonly endings: Tally['endings'];
  /** CPU time of the contestant's processes, and of the engine, for each request sent, ms. */
  readonly cpuMs: number;
  readonly engineCpuMs: number;
}

/** All that was measured of a contestant from its start to its end. */
export interface ContestantRun {
  readonly name: string;
  readonly version: string;
  readonly round: number;
  /** From its start to its first answer 200, ms; null for the limit, which is no server. */
  readonly firstAnswerMs: number | null;
  readonly many: LoadFigures | null;
  readonly few: LoadFigures | null;
  /** By rate, requests/s; absent where the contestant is far too slow for it. */
  readonly open: Readonly<Record<number, LoadFigures>>;
  readonly flood: FloodResult | null;
  /** Most that its processes together were seen to hold, bytes. */
  readonly peakMemoryBytes: number;
  readonly audit: Audit;
}

/** A contestant that could not be measured. */
export interface FailedRun {
  readonly name: string;
  readonly round: number;
  readonly reason: string;
}
