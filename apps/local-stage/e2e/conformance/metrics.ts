import { readMetrics, type MetricQuestion } from '../read-metrics.ts';
import type { ConformanceStage } from './stages.ts';

/** A statistic of one metric since the stage began. */
async function readMetric(
  { aws }: ConformanceStage,
  [namespace, metric]: readonly [string, string],
  dimensions: Readonly<Record<string, string>>,
  stat: MetricQuestion['stat'],
): Promise<readonly number[]> {
  const stage = { awsEndpoint: aws.endpoint, region: aws.region };
  const [values = []] = await readMetrics(stage, [{ namespace, metric, dimensions, stat }]);
  return values;
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
