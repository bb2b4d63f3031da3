import type { GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { type CloudWatchClient, type GetMetricDataCommandOutput } from '@aws-sdk/client-cloudwatch';
import { readMetrics, type MetricQuery } from './read-metrics.ts';

const queries = {
  invocations: {
    namespace: 'AWS/Lambda',
    metric: 'Invocations',
    statistic: 'Sum',
    dimensions: { FunctionName: 'f' },
  },
  units: {
    namespace: 'AWS/DynamoDB',
    metric: 'ConsumedWriteCapacityUnits',
    statistic: 'Sum',
    dimensions: { TableName: 't' },
  },
} as const satisfies Record<string, MetricQuery>;

/** CloudWatch that answers these pages, one a call. */
function answering(...pages: readonly Omit<GetMetricDataCommandOutput, '$metadata'>[]) {
  const asked: GetMetricDataCommand['input'][] = [];
  const send = async ({ input }: GetMetricDataCommand) => {
    asked.push(input);
    return pages[asked.length - 1];
  };
  return { asked, cloudWatch: { send } as unknown as CloudWatchClient };
}

const at = (second: number) => new Date(second * 1000);

describe('readMetrics', () => {
  it('asks for whole periods that hold the window, and for each metric under its name', async () => {
    const { asked, cloudWatch } = answering({ MetricDataResults: [] });
    await readMetrics(cloudWatch, queries, { startMs: 61_001, endMs: 119_999 }, 60);
    expect(asked).toEqual([
      {
        StartTime: at(60),
        EndTime: at(120),
        MetricDataQueries: [
          {
            Id: 'invocations',
            MetricStat: {
              Metric: {
                Namespace: 'AWS/Lambda',
                MetricName: 'Invocations',
                Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
              },
              Period: 60,
              Stat: 'Sum',
            },
          },
          expect.objectContaining({ Id: 'units' }),
        ],
      },
    ]);
  });

  it('puts the pages of a series together', async () => {
    const { asked, cloudWatch } = answering(
      {
        NextToken: 'more',
        MetricDataResults: [
          { Id: 'invocations', Timestamps: [at(2), at(1)], Values: [20, 10] },
          { Id: 'units', Timestamps: [at(1)], Values: [11] },
        ],
      },
      { MetricDataResults: [{ Id: 'invocations', Timestamps: [at(3)], Values: [30] }] },
    );
    const seriesOf = await readMetrics(cloudWatch, queries, { startMs: 0, endMs: 5000 }, 1);
    expect(asked.map(({ NextToken }) => NextToken)).toEqual([undefined, 'more']);
    expect(seriesOf('invocations')).toEqual([
      { atMs: 2000, value: 20 },
      { atMs: 1000, value: 10 },
      { atMs: 3000, value: 30 },
    ]);
    expect(seriesOf('units')).toEqual([{ atMs: 1000, value: 11 }]);
  });

  it('has an empty series for what CloudWatch does not know', async () => {
    const { cloudWatch } = answering({ MetricDataResults: [{ Id: 'units', Timestamps: [], Values: [] }] });
    const seriesOf = await readMetrics(cloudWatch, queries, { startMs: 0, endMs: 5000 }, 1);
    expect([seriesOf('invocations'), seriesOf('units')]).toEqual([[], []]);
  });
});
