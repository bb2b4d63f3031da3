import type { Timeline } from '@spillway/capacity';
import type { StageConnection } from '../stage/stage-connection.ts';
import type { GatewayMetrics } from '../stage/stage-gateway.ts';
import { readMetrics, type MetricQuery } from './read-metrics.ts';
import { timelineOf, timelinePeriodSeconds, type TimelineMetric } from './timeline-of.ts';

type Queries = Readonly<Record<TimelineMetric, MetricQuery>>;

/**
 * What gateway, function and table published while the run went on (F60 to F63).
 * @param window epoch ms
 * @returns null where there is nothing yet: a deployed stage publishes by the minute, and minutes late
 */
export async function collectTimeline(
  stage: StageConnection,
  window: { readonly startMs: number; readonly endMs: number },
): Promise<Timeline | null> {
  const queries = queriesOf(stage, await stage.gateway.findMetrics());
  const periodSeconds = timelinePeriodSeconds(window.endMs - window.startMs, stage.metricPeriodSeconds);
  const seriesOf = await readMetrics(stage.cloudWatch, queries, window, periodSeconds);
  return timelineOf(seriesOf, queries, periodSeconds);
}

function queriesOf({ functionName, tableName }: StageConnection, gateway: GatewayMetrics): Queries {
  const ofFunction = (metric: string, statistic: MetricQuery['statistic'] = 'Sum'): MetricQuery => ({
    ...{ namespace: 'AWS/Lambda', metric, statistic },
    dimensions: { FunctionName: functionName },
  });
  const ofTable = (metric: string): MetricQuery => ({
    ...{ namespace: 'AWS/DynamoDB', metric, statistic: 'Sum' },
    dimensions: { TableName: tableName },
  });
  const ofGateway = (metric: string): MetricQuery => ({
    ...{ namespace: 'AWS/ApiGateway', metric, statistic: 'Sum' },
    dimensions: gateway.dimensions,
  });
  return {
    concurrentExecutions: ofFunction('ConcurrentExecutions', 'Maximum'),
    invocations: ofFunction('Invocations'),
    lambdaThrottles: ofFunction('Throttles'),
    lambdaErrors: ofFunction('Errors'),
    consumedWriteUnits: ofTable('ConsumedWriteCapacityUnits'),
    writeThrottleEvents: ofTable('WriteThrottleEvents'),
    gatewayRequests: ofGateway(gateway.requests),
    gatewayClientErrors: ofGateway(gateway.clientErrors),
    gatewayServerErrors: ofGateway(gateway.serverErrors),
  };
}
