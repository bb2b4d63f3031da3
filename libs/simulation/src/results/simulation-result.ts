import type { LatencyHistogram } from './latency-histogram.ts';
import { simulatedOutcomes, type SimulatedOutcome } from './outcomes.ts';
import { COLUMN, secondColumns, type SecondColumn, type SecondTable } from './second-table.ts';

/** What a simulation came to. `outcomes` are of attempts; what a client retried is in there once for each. */
export interface SimulationResult {
  /** Until the last answer, ms. */
  readonly endedMs: number;
  readonly totals: {
    /** New requests. */
    readonly requests: number;
    readonly retries: number;
    /** Requests whose last attempt was not acknowledged. */
    readonly givenUp: number;
    readonly outcomes: Readonly<Record<SimulatedOutcome, number>>;
    readonly late: number;
    readonly coldStarts: number;
    /** Time that environments were in use, init included: what Lambda bills (F72), ms. */
    readonly inUseMs: number;
    readonly inUseMax: number;
    /** Most environments at once, in use or idle. */
    readonly environmentsMax: number;
    readonly writeUnits: number;
    readonly writesThrottled: number;
  };
  /** Of acknowledged answers, from an attempt's arrival on; null where there is none. Percentiles to 0.4 %. */
  readonly latencyMs: {
    readonly mean: number;
    readonly p50: number;
    readonly p90: number;
    readonly p99: number;
    readonly p999: number;
    readonly max: number;
  } | null;
  /** One row a second. Outcomes and `late` are by the second in which the attempt arrived. */
  readonly seconds: Readonly<Record<SimulatedOutcome | SecondColumn, Float64Array>>;
}

/** Adds the rows up. */
export function resultOf(
  table: SecondTable,
  latency: LatencyHistogram,
  ended: { readonly endedMs: number; readonly givenUp: number; readonly environmentsMax: number },
): SimulationResult {
  const seconds = Object.fromEntries([
    ...simulatedOutcomes.map((name, column) => [name, table.column(column)] as const),
    ...secondColumns.map((name) => [name, table.column(COLUMN[name])] as const),
  ]) as Record<SimulatedOutcome | SecondColumn, Float64Array>;
  const outcomes = simulatedOutcomes.map((name) => [name, sum(seconds[name])] as const);
  return {
    endedMs: ended.endedMs,
    totals: {
      requests: sum(seconds.requests),
      retries: sum(seconds.retries),
      givenUp: ended.givenUp,
      outcomes: Object.fromEntries(outcomes) as Record<SimulatedOutcome, number>,
      late: sum(seconds.late),
      coldStarts: sum(seconds.coldStarts),
      inUseMs: sum(seconds.inUseMs),
      inUseMax: most(seconds.inUseMax),
      environmentsMax: ended.environmentsMax,
      writeUnits: sum(seconds.writeUnits),
      writesThrottled: sum(seconds.writesThrottled),
    },
    latencyMs: summaryOf(latency),
    seconds,
  };
}

function summaryOf(latency: LatencyHistogram): SimulationResult['latencyMs'] {
  const { meanMs, maxMs } = latency;
  if (meanMs === null || maxMs === null) return null;
  const percentile = (share: number) => latency.percentileMs(share) ?? maxMs;
  const [p50, p90, p99, p999] = [percentile(0.5), percentile(0.9), percentile(0.99), percentile(0.999)];
  return { mean: meanMs, p50, p90, p99, p999, max: maxMs };
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

function most(values: Float64Array): number {
  return values.reduce((largest, value) => Math.max(largest, value), 0);
}
