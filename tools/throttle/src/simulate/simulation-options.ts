import type { PatternName } from '@spillway/simulation';
import { InvalidArgumentError } from 'commander';

/** What `throttle simulate` is told; what is left out comes from the file, the run or AWS's defaults. */
export interface SimulationOptions {
  readonly pattern: PatternName;
  readonly rate?: number;
  /** ms. */
  readonly duration: number;
  readonly peak?: number;
  readonly clients: number;
  readonly clientRate?: number;
  readonly clientBurst?: number;
  readonly retries?: number;
  readonly retryBaseMs: number;
  readonly retryBudget?: number;
  readonly run?: string;
  readonly durationMs?: number;
  readonly service: 'constant' | 'exponential' | 'lognormal';
  readonly coldStartMs?: number;
  readonly warm: number;
  readonly payloadBytes?: number;
  readonly hotKey: number;
  readonly accountRate?: number;
  readonly accountBurst?: number;
  readonly accountConcurrency?: number;
  readonly lateMs?: number;
  readonly seed: number;
}

/** Options that go together badly, or ask for too much; the message says found, wanted, next. */
export class SimulationOptionsError extends Error {
  readonly code = 'SIMULATION_OPTIONS_INVALID';
}

const UNITS_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** Longest simulated time: a week, second by second, is a table of 600,000 rows. */
const LONGEST_MS = 7 * 86_400_000;

/** Parser of a span of time such as `90`, `90s`, `5m`, `24h`. @returns ms */
export function spanOfTime(text: string): number {
  const [, digits, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(text.trim()) ?? [];
  const spanMs = digits === undefined ? Number.NaN : Number(digits) * (UNITS_MS[unit] as number);
  if (spanMs > 0 && spanMs <= LONGEST_MS) return spanMs;
  throw new InvalidArgumentError('want a span of time up to 7d, such as 90s, 5m or 24h.');
}

/** Parser of a number between two. */
export function numberWithin(least: number, most: number, isWhole = false): (text: string) => number {
  return (text) => {
    const value = Number(text);
    const isFit = text.trim() !== '' && value >= least && value <= most;
    if (isFit && (!isWhole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`want a ${isWhole ? 'whole ' : ''}number from ${least} to ${most}.`);
  };
}
