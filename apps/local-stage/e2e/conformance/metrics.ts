import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { ConformanceStage } from './stages.ts';

const QUARTER_OF_AN_HOUR_MS = 15 * 60_000;

/** A statistic of one metric since the stage began, through the SDK; null where there is no such data. */
async function readMetric(
  { aws }: ConformanceStage,
  [Namespace, MetricName]: readonly [string, string],
  dimensions: Readonly<Record<string, string>>,
  Stat: 'Sum' | 'Maximum' | 'SampleCount',
): Promise<readonly number[]> {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const { MetricDataResults } = await new CloudWatchClient(aws).send(
    new GetMetricDataCommand({
      StartTime: new Date(Date.now() - QUARTER_OF_AN_HOUR_MS),
      EndTime: new Date(Date.now() + 60_000),
      MetricDataQueries: [
        { Id: 'asked', MetricStat: { Metric: { Namespace, MetricName, Dimensions }, Period: 1, Stat } },
      ],
    }),
  );
  return MetricDataResults?.[0]?.Values ?? [];
}

/** Null where nothing was ever recorded. */
export async function sumOf(
  stage: ConformanceStage,
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
): Promise<number | null> {
  const values = await readMetric(stage, [namespace, metric], dimensions, 'Sum');
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0);
}

/** How often a metric was recorded. */
export async function samplesOf(
  stage: ConformanceStage,
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
): Promise<number> {
  const values = await readMetric(stage, [namespace, metric], dimensions, 'SampleCount');
  return values.reduce((sum, value) => sum + value, 0);
}

/** Null where nothing was ever recorded. */
export async function maximumOf(
  stage: ConformanceStage,
  namespace: string,
  metric: string,
  dimensions: Readonly<Record<string, string>>,
): Promise<number | null> {
  const values = await readMetric(stage, [namespace, metric], dimensions, 'Maximum');
  return values.length === 0 ? null : Math.max(...values);
}
