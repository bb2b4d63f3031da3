import type { ThrottleConfig } from '@spillway/throttle';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarm, IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../../stages.ts';
import { tableWriteUnits } from '../../warm-write-units.ts';
import type { AccessLog } from '../access-log.ts';
import type { ApiMetrics } from '../ingest-api.ts';
import type { IngestFunction } from '../ingest-function.ts';
import { StageDashboard } from './dashboard.ts';
import { FunctionAlarms } from './function-alarms.ts';
import { functionGraphs } from './function-graphs.ts';
import { GatewayAlarms } from './gateway-alarms.ts';
import { gatewayGraphs } from './gateway-graphs.ts';
import { gatewayMetrics } from './gateway-metrics.ts';
import { LogCounters } from './log-counters.ts';
import { TableAlarms } from './table-alarms.ts';
import { tableGraphs } from './table-graphs.ts';

export interface ObservabilityProps {
  readonly stage: Stage;
  readonly throttle: ThrottleConfig;
  readonly parts: {
    readonly apiMetrics: ApiMetrics;
    readonly accessLog: AccessLog;
    readonly ingest: IngestFunction;
    readonly table: ITable;
    /** Graphs of the way to the table. */
    readonly endpoint: readonly IWidget[];
  };
  /** Where alarms are told. */
  readonly topic: ITopic;
}

/** What a stage tells of itself: alarms by layer, and a dashboard with the limits of its throttle file. */
export class Observability extends Construct {
  /** Those that new code can be to blame for; none refers to the gateway's stage or methods. */
  readonly rollbackAlarms: readonly IAlarm[];

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    const { stage, throttle, parts, topic } = props;
    const { limits } = throttle;
    const functionLog = parts.ingest.logGroup;
    const accessLog = parts.accessLog.logGroup;
    const counted = new LogCounters(this, 'LogCounters', { accessLog, functionLog }).metrics;
    const metrics = gatewayMetrics(parts.apiMetrics, counted);
    const { storeUnavailable } = counted;
    const latencyMs = stage.latencyAlarmMs;
    const { function: fn } = parts.ingest;

    const gateway = new GatewayAlarms(this, 'Gateway', {
      metrics,
      stage,
      stageName: throttle.stage,
      accessLogName: accessLog.logGroupName,
      topic,
    });
    const behind = new FunctionAlarms(this, 'Function', {
      function: fn,
      logName: functionLog.logGroupName,
      reservedConcurrency: limits.reservedConcurrency,
      storeUnavailable,
      stage,
      stageName: throttle.stage,
      topic,
    });
    new TableAlarms(this, 'Table', { table: parts.table, topic });
    this.rollbackAlarms = [gateway.serverErrors, gateway.latency, behind.errors];

    const writeUnitsPerSecond = tableWriteUnits(throttle, stage);
    new StageDashboard(this, 'Dashboard', {
      alarms: this.node.findAll().filter((construct) => construct instanceof Alarm),
      rows: [
        gatewayGraphs({ metrics, limits, latencyMs }),
        functionGraphs({ function: fn, limits }),
        tableGraphs({ table: parts.table, writeUnitsPerSecond, storeUnavailable }),
        parts.endpoint,
      ],
    });
  }
}
