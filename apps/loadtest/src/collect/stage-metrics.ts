import type { StepRecord } from '@spillway/capacity';
import type { StageConnection } from '../stage/stage-connection.ts';
import { readMetrics, wholePeriods, type MetricQuery, type MetricSeries } from './read-metrics.ts';

type StageMetrics = NonNullable<StepRecord['stage']>;
type QueryName = keyof ReturnType<typeof queriesOf>;

/**
 * Reads the stage's own metrics for a step.
 * @param window epoch ms; widened to whole metric periods
 * @returns sums, maxima and per-period means of the widened window, which it says
 */
export async function collectStageMetrics(
  stage: StageConnection,
  window: { readonly startMs: number; readonly endMs: number },
): Promise<StageMetrics> {
  const { cloudWatch, metricPeriodSeconds } = stage;
  const { startMs, endMs } = wholePeriods(window, metricPeriodSeconds);
  return {
    window: {
      startedAt: new Date(startMs).toISOString(),
      endedAt: new Date(endMs).toISOString(),
      periodSeconds: metricPeriodSeconds,
    },
    ...summarize(await readMetrics(cloudWatch, queriesOf(stage), window, metricPeriodSeconds)),
  };
}

/** What is asked for each step: F62 for Lambda, F63 for DynamoDB, and the local stage's own. */
function queriesOf({ functionName, tableName }: StageConnection) {
  const ofFunction = (metric: string, statistic: MetricQuery['statistic'], namespace = 'AWS/Lambda') => ({
    ...{ namespace, metric, statistic },
    dimensions: { FunctionName: functionName },
  });
  const ofTable = (metric: string): MetricQuery => ({
    ...{ namespace: 'AWS/DynamoDB', metric, statistic: 'Sum' },
    dimensions: { TableName: tableName },
  });
  return {
    invocations: ofFunction('Invocations', 'Sum'),
    lambdaThrottles: ofFunction('Throttles', 'Sum'),
    lambdaErrors: ofFunction('Errors', 'Sum'),
    concurrentExecutions: ofFunction('ConcurrentExecutions', 'Maximum'),
    durationMean: ofFunction('Duration', 'Average'),
    durationMax: ofFunction('Duration', 'Maximum'),
    durationCount: ofFunction('Duration', 'SampleCount'),
    writeThrottleEvents: ofTable('WriteThrottleEvents'),
    consumedWriteUnits: ofTable('ConsumedWriteCapacityUnits'),
    hostQueued: ofFunction('HostQueued', 'Sum', 'Spillway/LocalStage'),
  } as const satisfies Record<string, MetricQuery>;
}

function summarize(series: (name: QueryName) => MetricSeries): StageMetrics {
  const sum = (name: QueryName): number => series(name).reduce((total, point) => total + point.value, 0);
  const maximum = (name: QueryName): number =>
    series(name).reduce((top, point) => Math.max(top, point.value), 0);
  const counts = new Map(series('durationCount').map((point) => [point.atMs, point.value]));
  const batches = series('durationMean')
    .map((point): [number, number, number] => [point.value, counts.get(point.atMs) ?? 0, point.atMs])
    .filter(([, count]) => count > 0);
  const invocations = batches.reduce((total, [, count]) => total + count, 0);
  const totalMs = batches.reduce((total, [mean, count]) => total + mean * count, 0);
  return {
    invocations: sum('invocations'),
    lambdaThrottles: sum('lambdaThrottles'),
    lambdaErrors: sum('lambdaErrors'),
    concurrentExecutionsMax: maximum('concurrentExecutions'),
    durationMeanMs: invocations > 0 ? totalMs / invocations : null,
    durationMaxMs: invocations > 0 ? maximum('durationMax') : null,
    durationBatches: batches,
    writeThrottleEvents: sum('writeThrottleEvents'),
    consumedWriteUnits: series('consumedWriteUnits').length > 0 ? sum('consumedWriteUnits') : null,
    hostQueued: sum('hostQueued'),
  };
}
