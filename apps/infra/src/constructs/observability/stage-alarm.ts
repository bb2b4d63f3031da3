import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/** One minute: a rollout that shifts a share a minute must be stopped within the next share. */
export const ALARM_PERIOD = Duration.minutes(1);

export interface StageAlarmProps {
  readonly metric: IMetric;
  /** Fires above it. */
  readonly above: number;
  /** Periods that must be above it, of how many in a row. */
  readonly periods: { readonly bad: number; readonly of: number };
  /** What it means, in one sentence. */
  readonly means: string;
  /** First command to run. */
  readonly first: string;
  readonly topic: ITopic;
}

/**
 * An alarm that tells what it means and what to do first, when it fires and when it is over. A period without data is a
 * quiet one: a stage that nobody calls publishes nothing.
 * @param id in kebab-case; with the stack's name it is the alarm's
 */
export function addAlarm(scope: Construct, id: string, props: StageAlarmProps): Alarm {
  const alarm = new Alarm(scope, id, {
    alarmName: `${Stack.of(scope).stackName}-${id}`,
    alarmDescription: `${props.means} First: ${props.first}`,
    metric: props.metric,
    threshold: props.above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    datapointsToAlarm: props.periods.bad,
    evaluationPeriods: props.periods.of,
    treatMissingData: TreatMissingData.NOT_BREACHING,
  });
  const action = new SnsAction(props.topic);
  alarm.addAlarmAction(action);
  alarm.addOkAction(action);
  return alarm;
}
