import type { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { StageConnection } from '../stage/stage-connection.ts';
import { collectStageMetrics } from './stage-metrics.ts';

const MINUTE = Date.parse('2026-01-01T00:01:00.000Z');

/** A stage whose metrics have one minute of data: the same number for each. */
function stageTelling(value: number): StageConnection {
  const send = async ({ input }: GetMetricDataCommand) => ({
    MetricDataResults: input.MetricDataQueries?.map(({ Id }) => ({
      Id,
      Timestamps: [new Date(MINUTE)],
      Values: [value],
    })),
  });
  const cloudWatch = { send } as unknown as CloudWatchClient;
  return {
    ...{ functionName: 'f', tableName: 't', metricPeriodSeconds: 60, cloudWatch },
  } as unknown as StageConnection;
}

describe('collectStageMetrics', () => {
  it('says which whole periods its figures cover, and when each batch of durations began', async () => {
    const hold = { startMs: MINUTE + 10_000, endMs: MINUTE + 14_000 };
    const stage = await collectStageMetrics(stageTelling(7), hold);
    expect(stage).toMatchObject({
      window: {
        startedAt: '2026-01-01T00:01:00.000Z',
        endedAt: '2026-01-01T00:02:00.000Z',
        periodSeconds: 60,
      },
      invocations: 7,
      durationMeanMs: 7,
      durationBatches: [[7, 7, MINUTE]],
    });
  });
});
