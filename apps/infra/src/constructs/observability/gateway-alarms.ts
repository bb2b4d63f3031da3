import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm, IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../../stages.ts';
import type { GatewayMetrics } from './gateway-metrics.ts';
import { addAlarm, ALARM_PERIOD } from './stage-alarm.ts';

/** Share of answers that may be 5xx before somebody is told, %. */
const SERVER_ERROR_PERCENT = 1;

/** Share of requests that may be throttled for a quarter of an hour before the limits are in question, %. */
const THROTTLED_PERCENT = 5;

export interface GatewayAlarmsProps {
  readonly metrics: GatewayMetrics;
  readonly stage: Pick<Stage, 'clients' | 'latencyAlarmMs' | 'rollout'>;
  /** For commands. */
  readonly stageName: string;
  /** Name of the access log. */
  readonly accessLogName: string;
  readonly topic: ITopic;
}

/** What the clients of a stage notice. */
export class GatewayAlarms extends Construct {
  readonly serverErrors: IAlarm;
  readonly latency: IAlarm;

  constructor(scope: Construct, id: string, props: GatewayAlarmsProps) {
    super(scope, id);
    const { metrics, stage, stageName, topic } = props;
    const latencyMs = stage.latencyAlarmMs;
    const stopsDeploymentsOf = stage.rollout === 'all-at-once' ? undefined : stageName;
    const tail = `aws logs tail ${props.accessLogName} --since 15m --filter-pattern`;
    this.serverErrors = addAlarm(this, 'server-errors', {
      metric: percentOf(metrics.serverErrors, metrics.requests, ALARM_PERIOD),
      above: SERVER_ERROR_PERCENT,
      periods: { bad: 2, of: 3 },
      means: `More than ${SERVER_ERROR_PERCENT} % of the answers are 5xx: the function failed, was refused by Lambda, or could not reach the table.`,
      first: `${tail} '{ $.status = "5*" }'`,
      stopsDeploymentsOf,
      runbook: 'failure-alarm',
      topic,
    });
    this.latency = addAlarm(this, 'latency', {
      metric: metrics.latencyP99,
      above: latencyMs,
      periods: { bad: 3, of: 3 },
      means: `One answer in a hundred takes longer than ${latencyMs} ms, which the limits were measured to keep.`,
      first: `aws logs tail ${props.accessLogName} --since 15m, and compare latencyMs with integrationLatencyMs`,
      stopsDeploymentsOf,
      runbook: 'failure-alarm',
      topic,
    });
    addAlarm(this, 'throttled', {
      metric: percentOf(metrics.throttled, metrics.requests, Duration.minutes(5)),
      above: THROTTLED_PERCENT,
      periods: { bad: 3, of: 3 },
      means: `The gateway has refused more than ${THROTTLED_PERCENT} % of the requests with 429 for a quarter of an hour: clients send more than the limits allow.`,
      first: `npx nx run throttle explain --stage=${stageName}`,
      runbook: 'throttle-alarm',
      topic,
    });
    if (stage.clients.some(({ quota }) => quota !== undefined)) this.watchQuotas(props, tail);
  }

  private watchQuotas({ metrics, topic }: GatewayAlarmsProps, tail: string): void {
    addAlarm(this, 'quota-refused', {
      metric: metrics.quotaRefused.with({ period: Duration.hours(1) }),
      above: 0,
      periods: { bad: 1, of: 1 },
      means: "A client has used up its plan's quota, and is refused until the next period begins.",
      first: `${tail} '{ $.responseType = "QUOTA_EXCEEDED" }' and look up apiKeyId in API Gateway`,
      runbook: 'throttle-alarm',
      topic,
    });
  }
}

/** A period without requests has no share, and counts as a quiet one. */
function percentOf(part: IMetric, whole: IMetric, period: Duration): IMetric {
  return new MathExpression({ expression: '100 * part / whole', usingMetrics: { part, whole }, period });
}
