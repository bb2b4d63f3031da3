import { only, onlyId, propertiesOf, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

const ENDPOINT = 'AWS::EC2::VPCEndpoint';
const policyOf = (template: ReturnType<typeof synthesizedStack>) =>
  only(template, ENDPOINT).Properties.PolicyDocument.Statement;
const insertsOnly = (template: ReturnType<typeof synthesizedStack>) => [
  {
    Action: 'dynamodb:PutItem',
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Resource: { 'Fn::GetAtt': [onlyId(template, 'AWS::DynamoDB::Table'), 'Arn'] },
  },
];

describe('connectTable', () => {
  describe('through a gateway endpoint', () => {
    const template = synthesizedStack();

    it('lets exactly one action on exactly one table pass, from both subnets', () => {
      const { VpcEndpointType, ServiceName, RouteTableIds } = only(template, ENDPOINT).Properties;
      expect(VpcEndpointType).toBe('Gateway');
      expect(JSON.stringify(ServiceName)).toContain('.dynamodb');
      expect(policyOf(template)).toEqual(insertsOnly(template));
      const routeTables = Object.keys(template.findResources('AWS::EC2::RouteTable'));
      expect(RouteTableIds).toEqual(routeTables.map((Ref) => ({ Ref })));
      expect(routeTables).toHaveLength(2);
    });

    it('leaves the SDK to find the table by itself', () => {
      const { Variables } = only(template, 'AWS::Lambda::Function').Properties.Environment;
      expect(Object.keys(Variables)).not.toContain('AWS_ENDPOINT_URL_DYNAMODB');
    });
  });

  describe('through an interface endpoint', () => {
    const template = synthesizedStack({ stage: { tableEndpoint: 'interface' } });

    it('lets exactly one action on exactly one table pass, with an address in both subnets', () => {
      const { VpcEndpointType, SubnetIds, PrivateDnsEnabled } = only(template, ENDPOINT).Properties;
      expect({ VpcEndpointType, PrivateDnsEnabled }).toEqual({
        VpcEndpointType: 'Interface',
        PrivateDnsEnabled: false,
      });
      expect(policyOf(template)).toEqual(insertsOnly(template));
      expect(SubnetIds).toEqual(
        Object.keys(template.findResources('AWS::EC2::Subnet')).map((Ref) => ({ Ref })),
      );
    });

    it("tells the SDK the endpoint's own name", () => {
      const entries = { 'Fn::GetAtt': [onlyId(template, ENDPOINT), 'DnsEntries'] };
      const host = { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::Select': [0, entries] }] }] };
      template.hasResourceProperties('AWS::Lambda::Function', {
        Environment: { Variables: { AWS_ENDPOINT_URL_DYNAMODB: { 'Fn::Join': ['', ['https://', host]] } } },
      });
    });

    it('lets the function reach the endpoint, and nothing else reach it', () => {
      expect(propertiesOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([
        expect.objectContaining({ FromPort: 443, ToPort: 443, SourceSecurityGroupId: expect.anything() }),
      ]);
      const { SecurityGroupIds } = only(template, ENDPOINT).Properties;
      const [guard] = SecurityGroupIds.map((id: { 'Fn::GetAtt': [string] }) => id['Fn::GetAtt'][0]);
      const { SecurityGroupIngress, SecurityGroupEgress } =
        template.findResources('AWS::EC2::SecurityGroup')[guard]!.Properties;
      expect(SecurityGroupIngress).toBeUndefined();
      // The CDK's way to say "nothing": an address that nobody has.
      expect(SecurityGroupEgress).toEqual([expect.objectContaining({ CidrIp: '255.255.255.255/32' })]);
    });
  });

  it('lets the function send HTTPS and nothing else, the same way whichever endpoint: a change of it cuts nobody off', () => {
    const [gateway, inside] = (['gateway', 'interface'] as const).map((tableEndpoint) => {
      const template = synthesizedStack({ stage: { tableEndpoint } });
      template.resourceCountIs('AWS::EC2::SecurityGroupEgress', 0);
      const { SecurityGroupIds } = only(template, 'AWS::Lambda::Function').Properties.VpcConfig;
      expect(SecurityGroupIds).toHaveLength(1);
      return template.findResources('AWS::EC2::SecurityGroup')[SecurityGroupIds[0]['Fn::GetAtt'][0]];
    });
    expect(inside).toEqual(gateway);
    expect(inside!.Properties.SecurityGroupEgress).toEqual([
      expect.objectContaining({ CidrIp: '0.0.0.0/0', IpProtocol: 'tcp', FromPort: 443, ToPort: 443 }),
    ]);
    expect(inside!.Properties.SecurityGroupIngress).toBeUndefined();
  });
});
