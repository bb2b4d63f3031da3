import { FlowLogDestination, FlowLogMaxAggregationInterval, LogFormat } from 'aws-cdk-lib/aws-ec2';
import type { Vpc } from 'aws-cdk-lib/aws-ec2';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { createLogGroup } from '../log-settings.ts';
import type { LogSettings } from '../log-settings.ts';

/** Fields of a line, in its order: a gateway endpoint publishes no metric, so its throughput comes from here (F50). */
const FIELDS = [
  LogFormat.INTERFACE_ID,
  LogFormat.SRC_ADDR,
  LogFormat.DST_ADDR,
  LogFormat.PACKETS,
  LogFormat.BYTES,
  LogFormat.START_TIMESTAMP,
  LogFormat.END_TIMESTAMP,
  LogFormat.ACTION,
  LogFormat.LOG_STATUS,
  LogFormat.FLOW_DIRECTION,
  LogFormat.TRAFFIC_PATH,
  LogFormat.PKT_SRC_AWS_SERVICE,
  LogFormat.PKT_DST_AWS_SERVICE,
];

/** Logs Insights knows the fields of the default format only; these names take `_` for `-`. */
const PARSE = `@message "${FIELDS.map(() => '*').join(' ')}" as ${FIELDS.map(columnOf).join(', ')}`;

/** Bit/s to and from the table, for each minute. */
const THROUGHPUT = {
  parseStatements: [PARSE],
  filterStatements: ['pkt_dst_aws_service = "DYNAMODB" or pkt_src_aws_service = "DYNAMODB"'],
  statsStatements: [
    'sum(bytes) * 8 / 60 as bits_per_second, sum(packets) / 60 as packets_per_second by bin(60s), flow_direction',
  ],
};

export interface FlowLogsProps {
  readonly vpc: Vpc;
  readonly logs: LogSettings;
}

/** What crosses the network of a stage, a line for each connection and minute, and the question to ask of it. */
export class FlowLogs extends Construct {
  readonly logGroup: LogGroup;
  /** Logs Insights query of the throughput between function and table. */
  readonly throughputQuery: string;

  constructor(scope: Construct, id: string, { vpc, logs }: FlowLogsProps) {
    super(scope, id);
    this.logGroup = createLogGroup(this, 'Log', logs);
    vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(this.logGroup),
      logFormat: FIELDS,
      maxAggregationInterval: FlowLogMaxAggregationInterval.ONE_MINUTE,
    });
    const query = new QueryString(THROUGHPUT);
    this.throughputQuery = query.toString();
    new QueryDefinition(this, 'Throughput', {
      queryDefinitionName: `${Stack.of(this).stackName}/table endpoint throughput`,
      queryString: query,
      logGroups: [this.logGroup],
    });
  }
}

/** `${pkt-dst-aws-service}` → `pkt_dst_aws_service`. */
function columnOf(field: LogFormat): string {
  return field.value.replaceAll(/[${}]/g, '').replaceAll('-', '_');
}
