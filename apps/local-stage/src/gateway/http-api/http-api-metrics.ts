import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import type { HttpApiExchange, HttpApiOutcome } from './http-api-exchange.ts';
import type { MetricDimensions } from './http-api-route.ts';

const NAMESPACE = 'AWS/ApiGateway';

/**
 * Counts a request by its stage, and by its route where that has detailed metrics (F61). A request to no stage has
 * none. What `DataProcessed` adds up is unverified: here the bytes of both bodies.
 */
export function recordHttpApiMetrics(
  recorder: MetricsRecorder,
  exchange: HttpApiExchange,
  outcome: HttpApiOutcome,
  nowMs: number,
): void {
  const { stage, route, integrationLatencyMs } = exchange;
  if (!stage) return;
  const { statusCode, latencyMs } = outcome;
  const record = (dimensions: MetricDimensions): void => {
    recorder.record(NAMESPACE, 'Count', dimensions, 1, nowMs);
    recorder.record(NAMESPACE, '4xx', dimensions, statusCode >= 400 && statusCode < 500 ? 1 : 0, nowMs);
    recorder.record(NAMESPACE, '5xx', dimensions, statusCode >= 500 ? 1 : 0, nowMs);
    recorder.record(NAMESPACE, 'Latency', dimensions, latencyMs, nowMs);
    const bytes = exchange.requestBodyBytes + outcome.responseBodyBytes;
    recorder.record(NAMESPACE, 'DataProcessed', dimensions, bytes, nowMs);
    if (integrationLatencyMs !== null) {
      recorder.record(NAMESPACE, 'IntegrationLatency', dimensions, integrationLatencyMs, nowMs);
    }
  };
  record(stage.dimensions);
  if (route && stage.throttle.isDetailed(route.model.routeKey)) route.dimensions.forEach(record);
}
