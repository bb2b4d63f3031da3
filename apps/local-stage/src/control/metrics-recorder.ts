/** What the stage's parts report as they work; read back by CloudWatch's GetMetricData. */
export interface MetricsRecorder {
  /**
   * One datum.
   * @param dimensions such as `{ FunctionName: 'ingest' }`; spelled as AWS spells them (F60–F63)
   */
  record(
    namespace: string,
    metric: string,
    dimensions: Readonly<Record<string, string>>,
    value: number,
    nowMs: number,
  ): void;

  /** One series, looked up once: for what is recorded with each request. */
  series(namespace: string, metric: string, dimensions: Readonly<Record<string, string>>): MetricSeries;
}

/** Where values of one series go. */
export interface MetricSeries {
  record(value: number, nowMs: number): void;
}
