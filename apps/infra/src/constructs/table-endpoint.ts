import { Fn } from 'aws-cdk-lib';
import {
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  Port,
  SecurityGroup,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import type { VpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import type { Stage } from '../stages.ts';
import type { Network } from './network.ts';

/** The function's way to the table. */
export interface TableEndpoint {
  readonly kind: Stage['tableEndpoint'];
  readonly endpoint: VpcEndpoint;
  /** Variables of the function without which it would look for the table elsewhere. */
  readonly environment: Readonly<Record<string, string>>;
}

const ENDPOINTS: Record<Stage['tableEndpoint'], (network: Network) => Omit<TableEndpoint, 'kind'>> = {
  gateway: throughGateway,
  interface: throughInterface,
};

/** Connects the network with DynamoDB, and nothing else. */
export function connectTable(network: Network, kind: Stage['tableEndpoint']): TableEndpoint {
  return { kind, ...ENDPOINTS[kind](network) };
}

/** Routes to DynamoDB's public addresses; free, and without metrics of its own (F50). */
function throughGateway({ vpc }: Network): Omit<TableEndpoint, 'kind'> {
  return {
    endpoint: vpc.addGatewayEndpoint('TableEndpoint', { service: GatewayVpcEndpointAwsService.DYNAMODB }),
    environment: {},
  };
}

/** Addresses of DynamoDB inside the network; costs by the hour and by the GB (F77), and publishes metrics (F51). */
function throughInterface(network: Network): Omit<TableEndpoint, 'kind'> {
  const securityGroup = new SecurityGroup(network, 'TableEndpointSecurityGroup', {
    vpc: network.vpc,
    description: 'table endpoint: HTTPS in from the ingest function',
    allowAllOutbound: false,
  });
  securityGroup.addIngressRule(network.securityGroup, Port.tcp(443), 'ingest function');
  const endpoint = network.vpc.addInterfaceEndpoint('TableInterfaceEndpoint', {
    service: InterfaceVpcEndpointAwsService.DYNAMODB,
    subnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    securityGroups: [securityGroup],
    open: false,
    // The SDK is told the endpoint's own name, which needs no private DNS.
    privateDnsEnabled: false,
  });
  // An entry is `<zone>:<name>`; the first one's name covers all zones.
  const host = Fn.select(1, Fn.split(':', Fn.select(0, endpoint.vpcEndpointDnsEntries)));
  return { endpoint, environment: { AWS_ENDPOINT_URL_DYNAMODB: `https://${host}` } };
}
