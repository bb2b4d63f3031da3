import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ApiMetrics } from '../ingest-api.ts';
import type { LogCounters } from './log-counters.ts';
import { ALARM_PERIOD } from './stage-alarm.ts';

/** Metrics of a gateway of either kind; counts are sums, latencies ms. */
export interface GatewayMetrics {
  readonly requests: Metric;
  readonly serverErrors: Metric;
  /** 429 of a bucket, of the stage or of a client's plan. */
  readonly throttled: Metric;
  /** 429 of a plan's quota. */
  readonly quotaRefused: Metric;
  readonly latencyP50: Metric;
  readonly latencyP99: Metric;
}

/** The gateway's own metrics (F60, F61) with what its log tells on top. */
export function gatewayMetrics(api: ApiMetrics, counted: LogCounters['metrics']): GatewayMetrics {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: api.namespace,
      metricName,
      dimensionsMap: { ...api.dimensions },
      statistic,
      period: ALARM_PERIOD,
    });
  return {
    requests: metric(api.names.requests, Stats.SUM),
    serverErrors: metric(api.names.serverErrors, Stats.SUM),
    throttled: counted.throttled,
    quotaRefused: counted.quotaRefused,
    latencyP50: metric(api.names.latency, Stats.percentile(50)),
    latencyP99: metric(api.names.latency, Stats.percentile(99)),
  };
}
