import * as z from 'zod';
import { AwsError, unknownOperation } from './aws-error.ts';
import type { Statistic } from './metrics-store.ts';
import { parseInput } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

const STATISTIC = /^(Sum|SampleCount|Average|Minimum|Maximum|p\d{1,2}(\.\d+)?|p100|TC\(\d+(\.\d+)?:\))$/;

const getMetricDataSchema = z.looseObject({
  /** Seconds since 1970. */
  StartTime: z.number(),
  EndTime: z.number(),
  ScanBy: z.enum(['TimestampAscending', 'TimestampDescending']).default('TimestampDescending'),
  MetricDataQueries: z.array(
    z.looseObject({
      Id: z.string(),
      Label: z.string().optional(),
      ReturnData: z.boolean().default(true),
      MetricStat: z
        .looseObject({
          Metric: z.looseObject({
            Namespace: z.string(),
            MetricName: z.string(),
            Dimensions: z.array(z.object({ Name: z.string(), Value: z.string() })).default([]),
          }),
          Period: z.int().min(1),
          Stat: z.string().regex(STATISTIC, {
            error: 'wants Sum, SampleCount, Average, Minimum, Maximum, pNN or TC(value:)',
          }),
        })
        .optional(),
    }),
  ),
});

/** CloudWatch's part: `GetMetricData` without metric math. */
export function answerCloudWatch(
  operation: string,
  input: unknown,
  { metrics, metricDelayMs }: StageControls,
): unknown {
  if (operation !== 'GetMetricData') throw unknownOperation(`CloudWatch ${operation}`);
  const query = parseInput(getMetricDataSchema, input, 'ValidationError');
  const publishedUntilMs = metricDelayMs === 0 ? Infinity : Date.now() - metricDelayMs;
  const results = query.MetricDataQueries.filter(({ ReturnData }) => ReturnData).map(
    ({ Id, Label, MetricStat }) => {
      if (!MetricStat) {
        throw new AwsError(
          'ValidationError',
          `query ${Id}: the local stage knows MetricStat, not Expression`,
        );
      }
      const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
      const points = metrics.read(
        {
          namespace: Namespace,
          metric: MetricName,
          dimensions: Object.fromEntries(Dimensions.map(({ Name, Value }) => [Name, Value])),
        },
        {
          startMs: query.StartTime * 1000,
          endMs: query.EndTime * 1000,
          periodSeconds: MetricStat.Period,
          publishedUntilMs,
        },
        MetricStat.Stat as Statistic,
      );
      const ordered = query.ScanBy === 'TimestampAscending' ? points : points.toReversed();
      return {
        Id,
        Label: Label ?? MetricName,
        Timestamps: ordered.map(({ startMs }) => startMs / 1000),
        Values: ordered.map(({ value }) => value),
        StatusCode: 'Complete',
      };
    },
  );
  return { MetricDataResults: results, Messages: [] };
}
