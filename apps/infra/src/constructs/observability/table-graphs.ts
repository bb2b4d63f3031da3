import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { limitGraph, perMinute } from './limit-graph.ts';

/** Write units/s that one partition takes, and so one id (F41). */
const PARTITION_WRITE_UNITS_PER_SECOND = 1000;

export interface TableGraphsProps {
  readonly table: ITable;
  /** That it takes at once, however quiet it was before (F40). */
  readonly writeUnitsPerSecond: number;
  /** Entries that the function could not hand over. */
  readonly storeUnavailable: Metric;
}

/** The last stop: writes against what the table takes at once. */
export function tableGraphs({ table, writeUnitsPerSecond, storeUnavailable }: TableGraphsProps): IWidget[] {
  const latency = (statistic: string) =>
    table.metricSuccessfulRequestLatency({
      dimensionsMap: { TableName: table.tableName, Operation: 'PutItem' },
      statistic,
      label: statistic,
    });
  return [
    limitGraph({
      title: 'Write units',
      unit: 'a minute',
      metrics: [table.metricConsumedWriteCapacityUnits({ statistic: Stats.SUM })],
      limits: [{ value: perMinute(writeUnitsPerSecond), label: `warm throughput ${writeUnitsPerSecond}/s` }],
      alarms: [
        {
          value: perMinute(PARTITION_WRITE_UNITS_PER_SECOND),
          label: `one id ${PARTITION_WRITE_UNITS_PER_SECOND}/s`,
        },
      ],
    }),
    limitGraph({
      title: 'Throttled and not stored',
      unit: 'a minute',
      metrics: [table.metric('WriteThrottleEvents', { statistic: Stats.SUM }), storeUnavailable],
    }),
    limitGraph({
      title: 'PutItem',
      unit: 'ms',
      metrics: [latency(Stats.percentile(50)), latency(Stats.percentile(99))],
    }),
  ];
}
