import { Stack } from 'aws-cdk-lib';
import { LogQueryVisualizationType, LogQueryWidget, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { TableEndpoint } from '../table-endpoint.ts';
import type { FlowLogs } from './flow-logs.ts';
import { limitGraph, WIDTH } from './limit-graph.ts';

export interface EndpointGraphsProps {
  readonly tableEndpoint: TableEndpoint;
  readonly vpc: IVpc;
  readonly flowLogs: FlowLogs;
}

const GRAPHS: Record<TableEndpoint['kind'], (props: EndpointGraphsProps) => IWidget[]> = {
  gateway: gatewayGraphs,
  interface: interfaceGraphs,
};

/** The way between function and table, as far as anything tells of it. */
export function endpointGraphs(props: EndpointGraphsProps): IWidget[] {
  return GRAPHS[props.tableEndpoint.kind](props);
}

/** It publishes no metric (F50): the flow logs are all there is. */
function gatewayGraphs({ flowLogs }: EndpointGraphsProps): IWidget[] {
  return [
    new LogQueryWidget({
      title: 'Table endpoint, from flow logs',
      logGroupNames: [flowLogs.logGroup.logGroupName],
      queryString: flowLogs.throughputQuery,
      view: LogQueryVisualizationType.LINE,
      width: WIDTH.third,
      height: 6,
    }),
  ];
}

function interfaceGraphs({ tableEndpoint: { endpoint }, vpc }: EndpointGraphsProps): IWidget[] {
  const metric = (metricName: string, statistic: string) =>
    new Metric({
      namespace: 'AWS/PrivateLinkEndpoints',
      metricName,
      // Spelled with spaces (F51).
      dimensionsMap: {
        'VPC Id': vpc.vpcId,
        'VPC Endpoint Id': endpoint.vpcEndpointId,
        'Endpoint Type': 'Interface',
        'Service Name': `com.amazonaws.${Stack.of(endpoint).region}.dynamodb`,
      },
      statistic,
    });
  return [
    limitGraph({
      title: 'Interface endpoint, bytes',
      unit: 'a minute',
      metrics: [metric('BytesProcessed', Stats.SUM)],
    }),
    limitGraph({
      title: 'Interface endpoint, connections',
      unit: 'connections, packets',
      metrics: [
        metric('ActiveConnections', Stats.MAXIMUM),
        metric('NewConnections', Stats.SUM),
        metric('PacketsDropped', Stats.SUM),
        metric('RstPacketsReceived', Stats.SUM),
      ],
    }),
  ];
}
