import { IpAddresses, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/**
 * A network with no way out but the table's endpoint: no NAT, no internet gateway. The function's logs and traces need
 * neither (F38).
 */
export class Network extends Construct {
  readonly vpc: Vpc;
  /** For the function: nothing in, HTTPS out. */
  readonly securityGroup: SecurityGroup;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.vpc = new Vpc(this, 'Vpc', {
      ipAddresses: IpAddresses.cidr('10.1.0.0/16'),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'isolated', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 24 }],
    });
    this.securityGroup = new SecurityGroup(this, 'FunctionSecurityGroup', {
      vpc: this.vpc,
      description: 'ingest function: HTTPS out',
      allowAllOutbound: false,
    });
    // The same for every kind of endpoint: where a deployment changes the kind, the old code still calls DynamoDB's
    // public addresses until the new has taken over. The subnets' routes narrow it to the endpoint that is there.
    this.securityGroup.addEgressRule(Peer.anyIpv4(), Port.tcp(443), 'DynamoDB through its endpoint');
  }
}
