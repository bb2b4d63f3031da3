import { FlowLogDestination, FlowLogMaxAggregationInterval, LogFormat } from 'aws-cdk-lib/aws-ec2';
import type { Vpc } from 'aws-cdk-lib/aws-ec2';
import { QueryDefinition, QueryString } from 'aws-cdk-lib/aws-logs';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { createLogGroup } from '../log-settings.ts';
import type { LogSettings } from '../log-settings.ts';
import type { Stage } from '../../stages.ts';

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

/** What a column adds up where the line is of that direction, for each second of a minute; `strcontains` is 1 or 0. */
const perSecondOf = (field: string, direction: 'egress' | 'ingress') =>
  `sum(${field} * strcontains(flow_direction, "${direction}"))`;

/**
 * Bit/s to and from the table, for each minute, a column for each direction: a line chart takes no grouping but the one by
 * `bin()`. Only a gateway endpoint's lines name the service; those of an interface endpoint name an address of the
 * network's own.
 */
const THROUGHPUT = {
  parseStatements: [PARSE],
  filterStatements: ['pkt_dst_aws_service = "DYNAMODB" or pkt_src_aws_service = "DYNAMODB"'],
  statsStatements: [
    [
      `${perSecondOf('bytes', 'egress')} * 8 / 60 as to_table_bits_per_second`,
      `${perSecondOf('bytes', 'ingress')} * 8 / 60 as from_table_bits_per_second`,
      'sum(packets) / 60 as packets_per_second',
    ].join(', ') + ' by bin(60s)',
  ],
};

export interface FlowLogsProps {
  readonly vpc: Vpc;
  readonly logs: LogSettings;
  /** How the function reaches the table. */
  readonly tableEndpoint: Stage['tableEndpoint'];
}

/** What crosses the network of a stage, a line for each connection and minute, and the question to ask of it. */
export class FlowLogs extends Construct {
  readonly logGroup: LogGroup;
  /** Logs Insights query of the throughput between function and table, by a gateway endpoint. */
  readonly throughputQuery = new QueryString(THROUGHPUT).toString();

  constructor(scope: Construct, id: string, { vpc, logs, tableEndpoint }: FlowLogsProps) {
    super(scope, id);
    this.logGroup = createLogGroup(this, 'Log', logs);
    vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(this.logGroup),
      logFormat: FIELDS,
      maxAggregationInterval: FlowLogMaxAggregationInterval.ONE_MINUTE,
    });
    // An interface endpoint has metrics instead (F51).
    if (tableEndpoint !== 'gateway') return;
    new QueryDefinition(this, 'Throughput', {
      queryDefinitionName: `${Stack.of(this).stackName}/table endpoint throughput`,
      queryString: new QueryString(THROUGHPUT),
      logGroups: [this.logGroup],
    });
  }
}

/** `${pkt-dst-aws-service}` → `pkt_dst_aws_service`. */
function columnOf(field: LogFormat): string {
  return field.value.replaceAll(/[${}]/g, '').replaceAll('-', '_');
}
