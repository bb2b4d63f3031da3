import type { ShareRange } from '../slow-share.ts';
import type { SentAnswers } from './sent-answers.ts';

/** The load that a tool is asked for; all of it goes on for `spanMs`, warm-up included. */
export type Load = OpenLoad | ClosedLoad;

export interface OpenLoad {
  readonly kind: 'open';
  /** Poisson arrivals with this seed; null for a constant rate. */
  readonly seed: number | null;
  readonly ratePerSecond: number;
  readonly spanMs: number;
}

/** As many connections as all tools have, each sending its next request when it has its answer. */
export interface ClosedLoad {
  readonly kind: 'closed';
  readonly spanMs: number;
}

/** Connections of a tool that has a fixed number of them. */
export const CONNECTIONS = 32;

/** Where a tool is run. */
export interface ToolPlace {
  readonly url: string;
  /** A folder of this run's own, removed afterwards. */
  readonly directory: string;
  /** What every request carries. */
  readonly body: string;
}

/** How a tool is started for a load. */
export interface ToolCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** A tool's own account of its latencies. */
export interface LatencyView {
  /** Where it says so. */
  readonly source: string;
  readonly p99Ms: number;
  /** Share slower than `SLOW_MS`. */
  readonly slow: ShareRange;
}

/** What a tool says of a run. */
export interface ToolReport {
  /** Answered 200. */
  readonly answered: number;
  readonly views: readonly LatencyView[];
  /** Every request, where the tool keeps them. */
  readonly answers?: SentAnswers;
}

/** A program that sends load. */
export interface LoadTool {
  readonly name: string;
  /** What was measured, for the table: package and version. Asked after `install`. */
  version(): string;
  /** Downloads it on first use. @returns why it can't take part; null if it can */
  install(): Promise<string | null>;
  /** Writes what it needs into the place's folder. */
  command(load: Load, place: ToolPlace): ToolCommand;
  /** @param printed all that it printed */
  report(place: ToolPlace, printed: string): ToolReport;
}

/** A tool whose own account is not as it was known to be. */
export class ToolReportError extends Error {
  readonly code = 'TOOL_REPORT';

  constructor(tool: string, found: string, wanted: string) {
    super(`${tool}: found ${found || 'nothing'}, want ${wanted}; run it by hand to see what it prints`);
    this.name = 'ToolReportError';
  }
}
