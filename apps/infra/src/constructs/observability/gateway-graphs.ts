import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Limits } from '@spillway/throttle';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { limitGraph, perMinute } from './limit-graph.ts';

export interface GatewayGraphsProps {
  readonly metrics: GatewayMetrics;
  readonly limits: Pick<Limits, 'rateLimit' | 'burstLimit' | 'timeoutSeconds'>;
  /** ms, from which the alarm fires. */
  readonly latencyMs: number;
}

/** The first stop of a request: how many come, how many are refused, how long all of it takes. */
export function gatewayGraphs({ metrics, limits, latencyMs }: GatewayGraphsProps): IWidget[] {
  const { rateLimit, burstLimit, timeoutSeconds } = limits;
  return [
    limitGraph({
      title: 'Requests',
      unit: 'a minute',
      metrics: [metrics.requests],
      limits: [
        { value: perMinute(rateLimit), label: `rate limit ${rateLimit}/s` },
        { value: perMinute(rateLimit) + burstLimit, label: `and a burst of ${burstLimit}` },
      ],
    }),
    limitGraph({
      title: 'Refused and failed',
      unit: 'a minute',
      metrics: [metrics.throttled, metrics.quotaRefused, metrics.serverErrors],
    }),
    limitGraph({
      title: 'Latency',
      unit: 'ms',
      metrics: [metrics.latencyP50, metrics.latencyP99],
      limits: [{ value: timeoutSeconds * 1000, label: `function timeout ${timeoutSeconds} s` }],
      alarms: [{ value: latencyMs, label: `p99 within the SLO, ${latencyMs} ms` }],
    }),
  ];
}
