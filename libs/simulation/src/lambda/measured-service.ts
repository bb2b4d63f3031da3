import type { ServiceTime } from './service-time.ts';

/** Quantiles kept: steps of a thousandth, so the longest in a thousand has a part of its own. */
const QUANTILES = 1001;

/** How long a measured invocation takes, and what a client's latency has beyond it. */
export interface MeasuredService {
  readonly service: ServiceTime;
  readonly overheadMs: number;
}

/**
 * Service time from latencies of acknowledged answers. They contain network and gateway, which hold no environment: where
 * the function's own mean duration is known, the distribution keeps its shape and gets that mean, and the rest is
 * overhead.
 * @param latenciesMs from sending to the last byte, at least one; in any order
 * @param functionMeanMs mean duration that Lambda's metrics say of the same invocations; null where they can't be read
 */
export function measuredService(latenciesMs: Float64Array, functionMeanMs: number | null): MeasuredService {
  const sorted = latenciesMs.toSorted();
  const last = sorted.length - 1;
  const kept = Math.min(QUANTILES, sorted.length);
  const quantilesMs = Float64Array.from(
    { length: kept },
    (_, index) => sorted[Math.round((index / Math.max(1, kept - 1)) * last)] as number,
  );
  const meanMs = sorted.reduce((sum, latencyMs) => sum + latencyMs, 0) / sorted.length;
  if (functionMeanMs === null || functionMeanMs >= meanMs) {
    return { service: { kind: 'measured', quantilesMs }, overheadMs: 0 };
  }
  const ratio = functionMeanMs / meanMs;
  return {
    service: { kind: 'measured', quantilesMs: quantilesMs.map((ms) => ms * ratio) },
    overheadMs: meanMs - functionMeanMs,
  };
}
