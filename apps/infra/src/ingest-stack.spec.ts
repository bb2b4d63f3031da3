import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { bundleDir, limits } from './__fixtures__/configuration.ts';
import { IngestStack } from './ingest-stack.ts';
import type { IngestStackProps } from './ingest-stack.ts';
import type { Stage } from './stages.ts';

const stage: Stage = { deploy: 'any-limits', tableRemoval: 'retain', logRetentionDays: 7 };

function synthesized(props: Partial<IngestStackProps> = {}): Template {
  const app = new App({ context: { '@aws-cdk/aws-iam:minimizePolicies': true }, analyticsReporting: false });
  return Template.fromStack(new IngestStack(app, 'Stack', { stage, limits, bundleDir, ...props }));
}

/** Logical id of the only resource of a type. */
function onlyId(template: Template, type: string): string {
  const ids = Object.keys(template.findResources(type));
  expect(ids).toHaveLength(1);
  return ids[0]!;
}

describe('IngestStack', () => {
  const template = synthesized();
  const tableId = onlyId(template, 'AWS::DynamoDB::Table');
  const tableArn = { 'Fn::GetAtt': [tableId, 'Arn'] };

  it('has a network with two isolated /24 subnets', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' });
    const subnets = Object.values(template.findResources('AWS::EC2::Subnet'));
    expect(subnets.map((subnet) => subnet.Properties.CidrBlock)).toEqual(['10.1.0.0/24', '10.1.1.0/24']);
    for (const subnet of subnets) expect(subnet.Properties.MapPublicIpOnLaunch).toBe(false);
  });

  it.each(['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route', 'AWS::EC2::EIP'])(
    'has no way out: no %s',
    (type) => template.resourceCountIs(type, 0),
  );

  it('takes its zones at deployment, also where account and Region are set', () => {
    const placed = synthesized({ env: { account: '123456789012', region: 'eu-west-1' } });
    const zones = Object.values(placed.findResources('AWS::EC2::Subnet')).map(
      (subnet) => subnet.Properties.AvailabilityZone,
    );
    expect(zones).toEqual([0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
  });

  it('lets exactly one action on exactly one table through the endpoint, in both subnets', () => {
    const endpoint =
      template.findResources('AWS::EC2::VPCEndpoint')[onlyId(template, 'AWS::EC2::VPCEndpoint')]!;
    expect(endpoint.Properties.VpcEndpointType).toBe('Gateway');
    expect(JSON.stringify(endpoint.Properties.ServiceName)).toContain('.dynamodb');
    expect(endpoint.Properties.PolicyDocument.Statement).toEqual([
      { Action: 'dynamodb:PutItem', Effect: 'Allow', Principal: { AWS: '*' }, Resource: tableArn },
    ]);
    const routeTables = Object.keys(template.findResources('AWS::EC2::RouteTable'));
    expect(endpoint.Properties.RouteTableIds).toEqual(routeTables.map((Ref) => ({ Ref })));
    expect(routeTables).toHaveLength(2);
  });

  it('grants the function that action on that table, and else only its traces', () => {
    const policy = template.findResources('AWS::IAM::Policy')[onlyId(template, 'AWS::IAM::Policy')]!;
    expect(policy.Properties.PolicyDocument.Statement).toEqual([
      { Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Effect: 'Allow', Resource: '*' },
      { Action: 'dynamodb:PutItem', Effect: 'Allow', Resource: tableArn },
    ]);
  });

  it('keeps entries by id, on demand, with point-in-time recovery', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  it('never changes the id of the table, whose change would replace the data', () => {
    expect(tableId).toBe('EntriesTable101FA78B');
  });

  it.each([
    ['retain', 'Retain'],
    ['destroy', 'Delete'],
  ] as const)('deals with the table of a stage that says %s by %s', (tableRemoval, policy) => {
    const removed = synthesized({ stage: { ...stage, tableRemoval } });
    removed.hasResource('AWS::DynamoDB::Table', { DeletionPolicy: policy, UpdateReplacePolicy: policy });
  });

  it('runs the bundle on Node 24, arm64, in the isolated subnets, traced', () => {
    const subnets = Object.keys(template.findResources('AWS::EC2::Subnet'));
    template.hasResourceProperties('AWS::Lambda::Function', {
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      VpcConfig: { SubnetIds: subnets.map((Ref) => ({ Ref })) },
      Environment: {
        Variables: {
          TABLE_NAME: { Ref: tableId },
          POWERTOOLS_SERVICE_NAME: 'ingest',
          POWERTOOLS_METRICS_NAMESPACE: 'Spillway',
        },
      },
    });
  });

  it('keeps the logs of function and gateway as long as the stage says', () => {
    const groups = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(groups.map((group) => group.Properties.RetentionInDays)).toEqual([7, 7]);
  });

  it('takes the limits of the function from the throttle file', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 512,
      Timeout: 7,
      ReservedConcurrentExecutions: 12,
    });
  });

  it('takes the limits of each method from the throttle file', () => {
    template.hasResourceProperties('AWS::ApiGateway::Stage', {
      StageName: 'prod',
      TracingEnabled: true,
      MethodSettings: [
        Match.objectLike({
          HttpMethod: '*',
          ResourcePath: '/*',
          ThrottlingRateLimit: 250,
          ThrottlingBurstLimit: 40,
        }),
      ],
    });
  });

  it('passes POST / on to the function, and nothing else', () => {
    template.resourceCountIs('AWS::ApiGateway::Method', 1);
    template.resourceCountIs('AWS::ApiGateway::Resource', 0);
    template.hasResourceProperties('AWS::ApiGateway::Method', {
      HttpMethod: 'POST',
      ResourceId: { 'Fn::GetAtt': [onlyId(template, 'AWS::ApiGateway::RestApi'), 'RootResourceId'] },
      Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST' },
    });
    template.hasResourceProperties('AWS::ApiGateway::RestApi', {
      EndpointConfiguration: { Types: ['REGIONAL'] },
    });
  });

  it('logs what tells a throttle from other 4xx', () => {
    const api = template.findResources('AWS::ApiGateway::Stage')[onlyId(template, 'AWS::ApiGateway::Stage')]!;
    expect(JSON.parse(api.Properties.AccessLogSetting.Format)).toMatchObject({
      requestId: '$context.requestId',
      status: '$context.status',
      responseType: '$context.error.responseType',
      latencyMs: '$context.responseLatency',
      integrationLatencyMs: '$context.integrationLatency',
    });
  });

  it('leaves the account-wide logging role behind, which other stages use, too', () => {
    template.hasResource('AWS::ApiGateway::Account', { DeletionPolicy: 'Retain' });
    template.hasResourceProperties('AWS::ApiGateway::Account', { CloudWatchRoleArn: Match.anyValue() });
  });

  it('says where it is', () => {
    expect(Object.keys(template.findOutputs('*'))).toEqual([
      'ApiUrl',
      'RestApiId',
      'ApiStageName',
      'FunctionName',
      'TableName',
    ]);
  });
});
