import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Construct } from 'constructs';

/**
 * One minute, the least that AWS's own metrics have: two bad ones and the minute or two by which metrics come late are
 * what a rollout has shifted before an alarm stops it.
 */
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
  /** Stage whose deployments it stops while it fires. @default none */
  readonly stopsDeploymentsOf?: string | undefined;
  /** Which of docs/runbooks goes on from there, in a section with the alarm's id. */
  readonly runbook: 'throttle-alarm' | 'failure-alarm';
  readonly topic: ITopic;
}

/**
 * An alarm that tells what it means, what to do first and where to read on, when it fires and when it is over. A period without data is a
 * quiet one: a stage that nobody calls publishes nothing.
 * @param id in kebab-case; with the stack's name it is the alarm's
 */
export function addAlarm(scope: Construct, id: string, props: StageAlarmProps): Alarm {
  const stage = props.stopsDeploymentsOf;
  const description = [
    props.means,
    ...(stage ? [`It stops deployments, but for npx nx deploy infra --stage=${stage} --ignore-alarms.`] : []),
    `First: ${props.first}`,
    `Then: docs/runbooks/${props.runbook}.md#${id}`,
  ];
  const alarm = new Alarm(scope, id, {
    alarmName: `${Stack.of(scope).stackName}-${id}`,
    alarmDescription: description.join(' '),
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
