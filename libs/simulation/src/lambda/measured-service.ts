import type { ServiceTime } from './service-time.ts';

/** How long a measured invocation takes, and what a client's latency has beyond it. */
export interface MeasuredService {
  readonly service: ServiceTime;
  readonly overheadMs: number;
  /** Whether the latencies were scaled to the function's own mean. */
  readonly isScaled: boolean;
}

/**
 * Service time from latencies of acknowledged answers. They contain network and gateway, which hold no environment: where
 * the function's own mean duration is known and shorter, every latency is scaled by the same ratio, so that what is drawn
 * has that mean, and the rest is overhead. All of them are kept: the mean of a few thousand may hang on the longest one.
 * @param latenciesMs from sending to the last byte, at least one; in any order
 * @param functionMeanMs mean duration that Lambda's metrics say of the same invocations; null where they can't be read
 */
export function measuredService(latenciesMs: Float64Array, functionMeanMs: number | null): MeasuredService {
  const meanMs = latenciesMs.reduce((sum, latencyMs) => sum + latencyMs, 0) / latenciesMs.length;
  if (functionMeanMs === null || functionMeanMs >= meanMs) {
    return { service: { kind: 'measured', timesMs: latenciesMs }, overheadMs: 0, isScaled: false };
  }
  const ratio = functionMeanMs / meanMs;
  return {
    service: { kind: 'measured', timesMs: latenciesMs.map((ms) => ms * ratio) },
    overheadMs: meanMs - functionMeanMs,
    isScaled: true,
  };
}
