import {
  GetMetricDataCommand,
  type CloudWatchClient,
  type MetricDataQuery,
} from '@aws-sdk/client-cloudwatch';

/** A metric, the statistic of each period, and whose it is. */
export interface MetricQuery {
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: 'Sum' | 'Maximum' | 'Average' | 'SampleCount' | `TC(${number}:)`;
  readonly dimensions: Readonly<Record<string, string>>;
}

/** Periods that have data, in no order; a period without any is absent. */
export type MetricSeries = readonly { readonly atMs: number; readonly value: number }[];

/** A window widened to whole metric periods, epoch ms. */
export function wholePeriods(
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
  periodSeconds: number,
): { readonly startMs: number; readonly endMs: number } {
  const periodMs = periodSeconds * 1000;
  return {
    startMs: Math.floor(startMs / periodMs) * periodMs,
    endMs: Math.ceil(endMs / periodMs) * periodMs,
  };
}

/**
 * Reads several metrics at once, page by page.
 * @param window epoch ms; widened to whole periods
 * @returns the series of a query by its name; empty where CloudWatch knows nothing
 */
export async function readMetrics<Name extends string>(
  cloudWatch: Pick<CloudWatchClient, 'send'>,
  queries: Readonly<Record<Name, MetricQuery>>,
  window: { readonly startMs: number; readonly endMs: number },
  periodSeconds: number,
): Promise<(name: Name) => MetricSeries> {
  const { startMs, endMs } = wholePeriods(window, periodSeconds);
  const names = Object.keys(queries) as Name[];
  const found = new Map<string, { atMs: number; value: number }[]>(names.map((name) => [name, []]));
  let nextToken: string | undefined;
  do {
    const answer = await cloudWatch.send(
      new GetMetricDataCommand({
        StartTime: new Date(startMs),
        EndTime: new Date(endMs),
        MetricDataQueries: names.map((name) => queryOf(name, queries[name], periodSeconds)),
        ...(nextToken === undefined ? {} : { NextToken: nextToken }),
      }),
    );
    for (const { Id = '', Timestamps = [], Values = [] } of answer.MetricDataResults ?? []) {
      Timestamps.forEach((at, index) => {
        const value = Values[index];
        if (value !== undefined) found.get(Id)?.push({ atMs: at.getTime(), value });
      });
    }
    nextToken = answer.NextToken;
  } while (nextToken !== undefined);
  return (name) => found.get(name) ?? [];
}

function queryOf(id: string, query: MetricQuery, periodSeconds: number): MetricDataQuery {
  return {
    Id: id,
    MetricStat: {
      Metric: {
        Namespace: query.namespace,
        MetricName: query.metric,
        Dimensions: Object.entries(query.dimensions).map(([Name, Value]) => ({ Name, Value })),
      },
      Period: periodSeconds,
      Stat: query.statistic,
    },
  };
}
