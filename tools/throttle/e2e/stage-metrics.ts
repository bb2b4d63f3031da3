import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';

/** What a stage's metrics say of a span. */
export interface SpanMetrics {
  /** Most invocations at once, as Lambda's metric has it (F62). */
  readonly concurrencyMax: number;
  /** Longest that the stage's process stood still, ms. */
  readonly stageGapMs: number;
  /** Invocations that waited for this machine, as they never would for Lambda. */
  readonly hostQueued: number;
}

const FUNCTION = { FunctionName: 'waiting' };
const QUESTIONS = [
  ['AWS/Lambda', 'ConcurrentExecutions', FUNCTION, 'Maximum'],
  ['Spillway/LocalStage', 'EventLoopDelay', {}, 'Maximum'],
  ['Spillway/LocalStage', 'HostQueued', FUNCTION, 'Sum'],
] as const;

/** Metrics of a span, by periods of a second. @param sinceMs its start; its second counts whole */
export async function spanMetrics(endpoint: string, sinceMs: number): Promise<SpanMetrics> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint, region: 'us-east-1', credentials });
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Math.floor(sinceMs / 1000) * 1000),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: QUESTIONS.map(([Namespace, MetricName, dimensions, Stat], index) => ({
        Id: `q${index}`,
        MetricStat: {
          Metric: {
            Namespace,
            MetricName,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: 1,
          Stat,
        },
      })),
    }),
  );
  client.destroy();
  const most = (index: number) =>
    Math.max(0, ...(MetricDataResults.find(({ Id }) => Id === `q${index}`)?.Values ?? []));
  return { concurrencyMax: most(0), stageGapMs: most(1), hostQueued: most(2) };
}
