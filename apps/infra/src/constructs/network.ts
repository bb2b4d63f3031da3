import {
  GatewayVpcEndpointAwsService,
  IpAddresses,
  Peer,
  Port,
  SecurityGroup,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import type { GatewayVpcEndpoint, ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * A network with no way out but the table's gateway endpoint, which is free (F50): no NAT, no internet gateway.
 * The function's logs and traces need neither (F38).
 */
export class Network extends Construct {
  readonly vpc: IVpc;
  readonly tableEndpoint: GatewayVpcEndpoint;
  /** For the function: HTTPS out, nothing in. */
  readonly securityGroup: ISecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.1.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    this.vpc = vpc;
    this.tableEndpoint = vpc.addGatewayEndpoint('TableEndpoint', {
      service: GatewayVpcEndpointAwsService.DYNAMODB,
    });
    const securityGroup = new SecurityGroup(this, 'FunctionSecurityGroup', {
      vpc,
      description: 'ingest function: HTTPS out',
      allowAllOutbound: false,
    });
    // The endpoint's prefix list has another id in each Region; the subnets' routes already narrow this to it.
    securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'DynamoDB through the gateway endpoint');
    this.securityGroup = securityGroup;
  }
}
