import type { IAlarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../../stages.ts';
import { addAlarm, ALARM_PERIOD } from './stage-alarm.ts';

/** Share of the reserved concurrency from which there is no room for a burst. */
export const CROWDED_RATIO = 0.8;

export interface FunctionAlarmsProps {
  readonly function: IFunction;
  /** Name of its log. */
  readonly logName: string;
  /** Execution environments (F31). */
  readonly reservedConcurrency: number;
  /** Entries that the function could not hand to the table. */
  readonly storeUnavailable: Metric;
  readonly stage: Pick<Stage, 'rollout'>;
  /** For commands. */
  readonly stageName: string;
  readonly topic: ITopic;
}

/** What happens behind the gateway, at the function. */
export class FunctionAlarms extends Construct {
  readonly errors: IAlarm;

  constructor(scope: Construct, id: string, props: FunctionAlarmsProps) {
    super(scope, id);
    const { function: fn, reservedConcurrency, stage, stageName, topic } = props;
    const tail = `aws logs tail ${props.logName} --since 15m`;
    const period = ALARM_PERIOD;
    this.errors = addAlarm(this, 'function-errors', {
      metric: fn.metricErrors({ period }),
      above: 0,
      periods: { bad: 2, of: 3 },
      means:
        'Invocations ended without an answer: the function crashed, ran out of memory or into its timeout.',
      first: `${tail} --filter-pattern '?REPORT ?ERROR ?Error'`,
      stopsDeploymentsOf: stage.rollout === 'all-at-once' ? undefined : stageName,
      runbook: 'failure-alarm',
      topic,
    });
    addAlarm(this, 'function-throttles', {
      // In this metric only: a refused invocation is neither an invocation nor an error (F35).
      metric: fn.metricThrottles({ period }),
      above: 0,
      periods: { bad: 2, of: 3 },
      means:
        "Lambda refused invocations: the function's concurrency or 10 requests/s for each unit of it are used up, and clients got 503 (REST) or 500 (HTTP, where 503 is possible, too).",
      first: `npx nx run infra:preflight --stage=${stageName}`,
      runbook: 'throttle-alarm',
      topic,
    });
    addAlarm(this, 'concurrency', {
      metric: fn.metric('ConcurrentExecutions', { period, statistic: Stats.MAXIMUM }),
      // At the share itself, too: the alarm fires above its threshold.
      above: Math.ceil(CROWDED_RATIO * reservedConcurrency) - 1,
      periods: { bad: 3, of: 3 },
      means: `At least ${CROWDED_RATIO * 100} % of the ${reservedConcurrency} reserved execution environments are busy: answers take longer than when the limits were measured.`,
      first: `npx nx run throttle explain --stage=${stageName}`,
      runbook: 'throttle-alarm',
      topic,
    });
    addAlarm(this, 'store-unavailable', {
      metric: props.storeUnavailable.with({ period }),
      above: 0,
      periods: { bad: 2, of: 3 },
      means:
        'Entries could not be stored: the table is throttled or out of reach, and clients were told to come back.',
      first: `${tail} --filter-pattern '{ $.level = "WARN" }'`,
      runbook: 'failure-alarm',
      topic,
    });
  }
}
