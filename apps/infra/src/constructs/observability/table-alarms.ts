import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { addAlarm, ALARM_PERIOD } from './stage-alarm.ts';

export interface TableAlarmsProps {
  readonly table: ITable;
  readonly topic: ITopic;
}

/** What happens behind the function, at the table. */
export class TableAlarms extends Construct {
  constructor(scope: Construct, id: string, { table, topic }: TableAlarmsProps) {
    super(scope, id);
    addAlarm(this, 'table-throttles', {
      metric: table.metric('WriteThrottleEvents', { period: ALARM_PERIOD, statistic: Stats.SUM }),
      above: 0,
      periods: { bad: 2, of: 3 },
      means:
        'DynamoDB refused writes: the table grew faster than it scales, or one id takes all of a partition (F40, F41).',
      first: `aws dynamodb describe-table --table-name ${table.tableName} --query Table.WarmThroughput`,
      runbook: 'throttle-alarm',
      topic,
    });
  }
}
