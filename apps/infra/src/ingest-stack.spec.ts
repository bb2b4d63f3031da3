import { Match } from 'aws-cdk-lib/assertions';
import { findCycle, referencesOf } from './__fixtures__/reference-graph.ts';
import { stageVariants } from './__fixtures__/stage-variants.ts';
import { ingestStack, onlyId, propertiesOf, synthesizedStack } from './__fixtures__/synthesized-stack.ts';

const template = synthesizedStack();
const tableId = onlyId(template, 'AWS::DynamoDB::Table');
const tableArn = { 'Fn::GetAtt': [tableId, 'Arn'] };

describe('IngestStack', () => {
  it('has a network with two isolated /24 subnets', () => {
    template.hasResourceProperties('AWS::EC2::VPC', { CidrBlock: '10.1.0.0/16' });
    const subnets = propertiesOf(template, 'AWS::EC2::Subnet');
    expect(subnets.map(({ CidrBlock }) => CidrBlock)).toEqual(['10.1.0.0/24', '10.1.1.0/24']);
    for (const subnet of subnets) expect(subnet.MapPublicIpOnLaunch).toBe(false);
  });

  it.each(['AWS::EC2::InternetGateway', 'AWS::EC2::NatGateway', 'AWS::EC2::Route', 'AWS::EC2::EIP'])(
    'has no way out: no %s',
    (type) => template.resourceCountIs(type, 0),
  );

  it('takes its zones at deployment, also where account and Region are set', () => {
    const placed = synthesizedStack({ props: { env: { account: '123456789012', region: 'eu-west-1' } } });
    const zones = propertiesOf(placed, 'AWS::EC2::Subnet').map(({ AvailabilityZone }) => AvailabilityZone);
    expect(zones).toEqual([0, 1].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
  });

  it('lets the function do one thing to one table, and else only send its traces', () => {
    const policies = propertiesOf(template, 'AWS::IAM::Policy').filter(({ Roles }) =>
      JSON.stringify(Roles).includes('Ingest'),
    );
    expect(policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement)).toEqual([
      { Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Effect: 'Allow', Resource: '*' },
      { Action: 'dynamodb:PutItem', Effect: 'Allow', Resource: tableArn },
    ]);
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
        },
      },
    });
  });

  it('keeps every log as long as the stage says', () => {
    const groups = propertiesOf(template, 'AWS::Logs::LogGroup');
    expect(groups.length).toBeGreaterThanOrEqual(2);
    for (const group of groups) expect(group.RetentionInDays).toBe(7);
  });

  it('takes the limits of the function from the throttle file', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      MemorySize: 512,
      Timeout: 7,
      ReservedConcurrentExecutions: 12,
    });
  });

  it('tags what takes tags with service and stage, and whatever else the stage says', () => {
    const tagged = synthesizedStack({ stage: { tags: { team: 'entries' } } });
    const tags = [
      { Key: 'service', Value: 'spillway' },
      { Key: 'stage', Value: 'dev' },
      { Key: 'team', Value: 'entries' },
    ];
    for (const type of [
      'AWS::DynamoDB::Table',
      'AWS::Lambda::Function',
      'AWS::ApiGateway::RestApi',
      'AWS::EC2::VPC',
    ]) {
      tagged.hasResourceProperties(type, { Tags: Match.arrayWith(tags) });
    }
  });

  it.each([true, false])('protects itself from deletion where the stage says %s', (deletionProtection) => {
    expect(ingestStack({ stage: { deletionProtection } }).terminationProtection).toBe(deletionProtection);
  });

  it.each([
    ['a REST API', {}, ['ApiUrl', 'RestApiId', 'ApiStageName', 'FunctionName', 'TableName']],
    ['an HTTP API', { api: 'http' }, ['ApiUrl', 'HttpApiId', 'ApiStageName', 'FunctionName', 'TableName']],
    [
      'a function behind an alias',
      { rollout: 'canary-10-percent-5-minutes' },
      ['ApiUrl', 'RestApiId', 'ApiStageName', 'FunctionName', 'FunctionAlias', 'TableName'],
    ],
  ] as const)('says where it is, with %s', (_what, stage, outputs) => {
    expect(Object.keys(synthesizedStack({ stage }).findOutputs('*'))).toEqual(outputs);
  });

  it.each(Object.entries(stageVariants))('needs nothing before itself: %s', (_what, stage) => {
    expect(findCycle(referencesOf(synthesizedStack({ stage })))).toEqual([]);
  });

  it('fits a hundred clients into the 500 resources of a stack', () => {
    const clients = Array.from({ length: 100 }, (_, index) => ({ name: `team-${index}` }));
    const full = synthesizedStack({ stage: { ...stageVariants['everything at once'], clients } });
    expect(Object.keys(full.toJSON().Resources).length).toBeLessThanOrEqual(500);
  });
});
