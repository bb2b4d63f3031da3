import type { Limits } from '@spillway/throttle';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { REQUESTS_PER_SECOND_PER_CONCURRENCY } from '../../tenfold-rule.ts';
import { CROWDED_RATIO } from './function-alarms.ts';
import { limitGraph, perMinute } from './limit-graph.ts';

export interface FunctionGraphsProps {
  readonly function: IFunction;
  readonly limits: Pick<Limits, 'reservedConcurrency' | 'timeoutSeconds'>;
}

/** The second stop: invocations against what Lambda grants them. */
export function functionGraphs({ function: fn, limits }: FunctionGraphsProps): IWidget[] {
  const { reservedConcurrency, timeoutSeconds } = limits;
  const tenfold = REQUESTS_PER_SECOND_PER_CONCURRENCY * reservedConcurrency;
  const duration = (statistic: string) => fn.metricDuration({ statistic, label: statistic });
  return [
    limitGraph({
      title: 'Concurrency',
      unit: 'execution environments',
      metrics: [fn.metric('ConcurrentExecutions', { statistic: Stats.MAXIMUM })],
      limits: [{ value: reservedConcurrency, label: `reserved ${reservedConcurrency}` }],
      alarms: [{ value: CROWDED_RATIO * reservedConcurrency, label: `${CROWDED_RATIO * 100} %` }],
    }),
    limitGraph({
      title: 'Invocations',
      unit: 'a minute',
      metrics: [fn.metricInvocations(), fn.metricThrottles(), fn.metricErrors()],
      limits: [{ value: perMinute(tenfold), label: `10× rule ${tenfold}/s` }],
    }),
    limitGraph({
      title: 'Duration',
      unit: 'ms',
      metrics: [duration(Stats.percentile(50)), duration(Stats.percentile(99)), duration(Stats.MAXIMUM)],
      limits: [{ value: timeoutSeconds * 1000, label: `timeout ${timeoutSeconds} s` }],
    }),
  ];
}
