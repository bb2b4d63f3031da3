import type { Timeline } from '@spillway/capacity';
import type { StageConnection } from '../stage/stage-connection.ts';
import type { GatewayMetrics } from '../stage/stage-gateway.ts';
import type { Progress } from '../progress.ts';
import { flowLogBytes } from './flow-log-bytes.ts';
import { privateLinkBytes } from './private-link-bytes.ts';
import { readMetrics, type MetricQuery, type MetricSeries } from './read-metrics.ts';
import { timelineOf, timelinePeriodSeconds, type TimelineMetric } from './timeline-of.ts';

/** An endpoint's throughput is known by the minute, and goes with metrics by the minute alone. */
const MINUTE_SECONDS = 60;

/** All but the endpoint's: which metric that is, or none, depends on its kind. */
type QueriedMetric = Exclude<TimelineMetric, 'endpointBytes'>;
type Queries = Readonly<Record<QueriedMetric, MetricQuery>>;

/**
 * What gateway, function and table published while the run went on (F60 to F63).
 * @param window epoch ms
 * @param isDeployed whether there is a VPC endpoint, of which throughput is read, too
 * @param progress is told where that could not be read
 * @returns null where there is nothing yet: a deployed stage publishes by the minute, and minutes late
 */
export async function collectTimeline(
  stage: StageConnection,
  window: { readonly startMs: number; readonly endMs: number },
  isDeployed: boolean,
  progress: Pick<Progress, 'line'>,
): Promise<Timeline | null> {
  const queries = queriesOf(stage, await stage.gateway.findMetrics());
  const periodSeconds = timelinePeriodSeconds(window.endMs - window.startMs, stage.metricPeriodSeconds);
  const seriesOf = await readMetrics(stage.cloudWatch, queries, window, periodSeconds);
  const endpointBytes =
    isDeployed && periodSeconds === MINUTE_SECONDS ? await readEndpoint(stage, window, progress) : [];
  return timelineOf(
    (metric) => (metric === 'endpointBytes' ? endpointBytes : seriesOf(metric)),
    { ...queries, endpointBytes: { namespace: 'endpoint' } },
    periodSeconds,
  );
}

/** Bytes a minute (F50, F51); a run is whole without them. */
async function readEndpoint(
  stage: StageConnection,
  window: { readonly startMs: number; readonly endMs: number },
  progress: Pick<Progress, 'line'>,
): Promise<MetricSeries> {
  try {
    const bytes = await privateLinkBytes(stage, window);
    return bytes.length > 0 ? bytes : await flowLogBytes(stage.cloudWatchLogs, stage.stackName, window);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress.line(`VPC endpoint    throughput not read: ${reason}`);
    return [];
  }
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
