import { GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { StepRecord } from '@spillway/capacity';
import type { StageConnection } from '../stage/stage-connection.ts';

type StageMetrics = NonNullable<StepRecord['stage']>;
type Series = readonly { readonly atMs: number; readonly value: number }[];

/** What is asked for each step: F62 for Lambda, F63 for DynamoDB, and the local stage's own. */
const QUERIES = {
  invocations: ['AWS/Lambda', 'Invocations', 'Sum'],
  lambdaThrottles: ['AWS/Lambda', 'Throttles', 'Sum'],
  lambdaErrors: ['AWS/Lambda', 'Errors', 'Sum'],
  concurrentExecutions: ['AWS/Lambda', 'ConcurrentExecutions', 'Maximum'],
  durationMean: ['AWS/Lambda', 'Duration', 'Average'],
  durationMax: ['AWS/Lambda', 'Duration', 'Maximum'],
  durationCount: ['AWS/Lambda', 'Duration', 'SampleCount'],
  writeThrottleEvents: ['AWS/DynamoDB', 'WriteThrottleEvents', 'Sum'],
  hostQueued: ['Spillway/LocalStage', 'HostQueued', 'Sum'],
} as const satisfies Record<string, readonly [namespace: string, metric: string, statistic: string]>;

type QueryName = keyof typeof QUERIES;

/**
 * Reads the stage's own metrics for a window.
 * @param window epoch ms; widened to whole metric periods
 * @returns sums, maxima and per-period means of the window
 */
export async function collectStageMetrics(
  stage: StageConnection,
  window: { readonly startMs: number; readonly endMs: number },
): Promise<StageMetrics> {
  const periodMs = stage.metricPeriodSeconds * 1000;
  const series = new Map<string, Series>();
  let nextToken: string | undefined;
  do {
    const answer = await stage.cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(Math.floor(window.startMs / periodMs) * periodMs),
        EndTime: new Date(Math.ceil(window.endMs / periodMs) * periodMs),
        MetricDataQueries: queriesOf(stage),
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
    );
    for (const result of answer.MetricDataResults ?? []) {
      const values = result.Values ?? [];
      const points = (result.Timestamps ?? []).map((at, index) => ({
        atMs: at.getTime(),
        value: values[index] ?? 0,
      }));
      const id = result.Id ?? '';
      series.set(id, [...(series.get(id) ?? []), ...points]);
    }
    nextToken = answer.NextToken;
  } while (nextToken !== undefined);
  return summarize((name) => series.get(name) ?? []);
}

function queriesOf(stage: StageConnection): MetricDataQuery[] {
  const dimensionsOf = (namespace: string) =>
    namespace === 'AWS/DynamoDB'
      ? [{ Name: 'TableName', Value: stage.tableName }]
      : [{ Name: 'FunctionName', Value: stage.functionName }];
  return Object.entries(QUERIES).map(([id, [namespace, metric, statistic]]) => ({
    Id: id,
    MetricStat: {
      Metric: { Namespace: namespace, MetricName: metric, Dimensions: dimensionsOf(namespace) },
      Period: stage.metricPeriodSeconds,
      Stat: statistic,
    },
  }));
}

function summarize(series: (name: QueryName) => Series): StageMetrics {
  const sum = (name: QueryName): number => series(name).reduce((total, point) => total + point.value, 0);
  const maximum = (name: QueryName): number =>
    series(name).reduce((top, point) => Math.max(top, point.value), 0);
  const counts = new Map(series('durationCount').map((point) => [point.atMs, point.value]));
  const batches = series('durationMean')
    .map((point): [number, number] => [point.value, counts.get(point.atMs) ?? 0])
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
    hostQueued: sum('hostQueued'),
  };
}
