import { Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { IFilterPattern, ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';

interface Counter {
  readonly log: 'access' | 'function';
  readonly lines: IFilterPattern;
  /** What a line adds: 1, or a number that it holds. */
  readonly value: string;
}

/**
 * What only the logs tell: no CloudWatch metric knows a 429 from another 4xx (F22), and the function's own counters carry
 * no stage, so that two stages of one account would be one number.
 */
const COUNTERS = {
  throttled: {
    log: 'access',
    lines: FilterPattern.literal('{ $.status = "429" && $.responseType != "QUOTA_EXCEEDED" }'),
    value: '1',
  },
  quotaRefused: {
    log: 'access',
    lines: FilterPattern.literal('{ $.responseType = "QUOTA_EXCEEDED" }'),
    value: '1',
  },
  storeUnavailable: {
    log: 'function',
    lines: FilterPattern.literal('{ $.StoreUnavailable > 0 }'),
    value: '$.StoreUnavailable',
  },
} satisfies Record<string, Counter>;

export interface LogCountersProps {
  /** Log of the gateway's access lines. */
  readonly accessLog: ILogGroup;
  readonly functionLog: ILogGroup;
}

/** Counts in the logs of a stage, in a namespace called like its stack. */
export class LogCounters extends Construct {
  readonly metrics: Readonly<Record<keyof typeof COUNTERS, Metric>>;

  constructor(scope: Construct, id: string, props: LogCountersProps) {
    super(scope, id);
    const logs = { access: props.accessLog, function: props.functionLog };
    const count = (name: keyof typeof COUNTERS): Metric => {
      const { log, lines, value } = COUNTERS[name];
      const metricName = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
      const metricNamespace = Stack.of(this).stackName;
      new MetricFilter(this, metricName, {
        logGroup: logs[log],
        filterPattern: lines,
        metricNamespace,
        metricName,
        metricValue: value,
      });
      // Not the filter's own metric: an alarm on it needs the numbers, not the filter.
      return new Metric({ namespace: metricNamespace, metricName, statistic: Stats.SUM });
    };
    this.metrics = {
      throttled: count('throttled'),
      quotaRefused: count('quotaRefused'),
      storeUnavailable: count('storeUnavailable'),
    };
  }
}
