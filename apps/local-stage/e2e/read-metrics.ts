import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { StageProcess } from './stage-process.ts';

const HOUR_MS = 3_600_000;

/** A statistic of one metric, second by second. */
export interface MetricQuestion {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly stat: 'Sum' | 'Maximum' | 'SampleCount' | 'p99';
}

/**
 * Asks the stage as a load test does, through the SDK and in one call.
 * @param sinceMs whole seconds from this one on count @default an hour ago: all since the stage began
 * @returns a list for each question, in their order; empty where nothing was recorded
 */
export async function readMetrics(
  { awsEndpoint, region }: Pick<StageProcess, 'awsEndpoint' | 'region'>,
  questions: readonly MetricQuestion[],
  sinceMs = Date.now() - HOUR_MS,
): Promise<readonly (readonly number[])[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: awsEndpoint, region, credentials });
  const { MetricDataResults = [] } = await client.send(
    new GetMetricDataCommand({
      StartTime: new Date(Math.floor(sinceMs / 1000) * 1000),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: questions.map(({ namespace, metric, dimensions, stat }, index) => ({
        Id: `q${index}`,
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: metric,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: 1,
          Stat: stat,
        },
      })),
    }),
  );
  return questions.map((_, index) => MetricDataResults.find(({ Id }) => Id === `q${index}`)?.Values ?? []);
}

/** The same, each list added up: 0 where nothing was recorded. */
export async function sumMetrics(...asked: Parameters<typeof readMetrics>): Promise<readonly number[]> {
  return (await readMetrics(...asked)).map((values) => values.reduce((sum, value) => sum + value, 0));
}
