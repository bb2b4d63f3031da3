import type { MetricSeries, MetricsRecorder } from '../control/metrics-recorder.ts';

/** Of AWS/ApiGateway's metrics. */
export type MetricDimensions = Readonly<Record<string, string>>;

/** What is counted of one request. */
export interface CountedRequest {
  readonly statusCode: number;
  readonly latencyMs: number;
  /** Null where no integration was called. */
  readonly integrationLatencyMs: number | null;
  /** Of both bodies. */
  readonly dataBytes: number;
}

/** How a kind of API calls what it counts: F60 of a REST API, F61 of an HTTP API. */
export interface RequestMetricNames {
  readonly clientErrors: string;
  readonly serverErrors: string;
  /** Null where the kind has none. */
  readonly dataProcessed: string | null;
}

const NAMESPACE = 'AWS/ApiGateway';

/** The series of one stage, method or route, looked up once at start. */
export class RequestMetrics {
  readonly #count: MetricSeries;
  readonly #clientErrors: MetricSeries;
  readonly #serverErrors: MetricSeries;
  readonly #latency: MetricSeries;
  readonly #integrationLatency: MetricSeries;
  readonly #dataProcessed: MetricSeries | null;

  constructor(recorder: MetricsRecorder, dimensions: MetricDimensions, names: RequestMetricNames) {
    const series = (metric: string): MetricSeries => recorder.series(NAMESPACE, metric, dimensions);
    this.#count = series('Count');
    this.#clientErrors = series(names.clientErrors);
    this.#serverErrors = series(names.serverErrors);
    this.#latency = series('Latency');
    this.#integrationLatency = series('IntegrationLatency');
    this.#dataProcessed = names.dataProcessed === null ? null : series(names.dataProcessed);
  }

  /** Counts one request. */
  record(counted: CountedRequest, nowMs: number): void {
    const { statusCode, integrationLatencyMs } = counted;
    this.#count.record(1, nowMs);
    this.#clientErrors.record(statusCode >= 400 && statusCode < 500 ? 1 : 0, nowMs);
    this.#serverErrors.record(statusCode >= 500 ? 1 : 0, nowMs);
    this.#latency.record(counted.latencyMs, nowMs);
    if (integrationLatencyMs !== null) this.#integrationLatency.record(integrationLatencyMs, nowMs);
    this.#dataProcessed?.record(counted.dataBytes, nowMs);
  }
}
