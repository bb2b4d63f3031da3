import { stackOf } from '../__fixtures__/stack-of.ts';

const stack = stackOf({
  Fn: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'fn' } },
  Version: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Fn' } } },
  Alias: {
    Type: 'AWS::Lambda::Alias',
    Properties: { FunctionName: { 'Fn::GetAtt': ['Fn', 'Arn'] }, Name: 'live' },
  },
  Layer: { Type: 'AWS::Lambda::LayerVersion' },
  Table: { Type: 'AWS::DynamoDB::Table' },
  Role: { Type: 'AWS::IAM::Role' },
  Log: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/mine' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Topic: { Type: 'AWS::SNS::Topic' },
  Bucket: { Type: 'AWS::S3::Bucket' },
  Setting: { Type: 'AWS::SSM::Parameter', Properties: { Value: { Ref: 'Table' } } },
  Rest: { Type: 'AWS::ApiGateway::RestApi' },
  Http: { Type: 'AWS::ApiGatewayV2::Api' },
  Interface: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { VpcEndpointType: 'Interface', ServiceName: 'com.amazonaws.eu-west-1.dynamodb' },
  },
  Gateway: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: { VpcEndpointType: 'Gateway', ServiceName: 'com.amazonaws.eu-west-1.dynamodb' },
  },
  Odd: { Type: 'AWS::Unheard::Of' },
  Custom: { Type: 'Custom::Thing' },
  Made: { Type: 'AWS::CloudFormation::CustomResource' },
});

const account = 'eu-west-1:000000000000';

describe('Ref and Fn::GetAtt of resources', () => {
  it.each([
    ['Fn', 'fn'],
    ['Version', `arn:aws:lambda:${account}:function:fn:1`],
    ['Alias', `arn:aws:lambda:${account}:function:fn:live`],
    ['Layer', `arn:aws:lambda:${account}:layer:Some-Layer:1`],
    ['Table', 'Some-Table'],
    ['Log', '/mine'],
    ['Queue', 'https://sqs.eu-west-1.amazonaws.com/000000000000/Some-Queue'],
    ['Topic', `arn:aws:sns:${account}:Some-Topic`],
    ['Bucket', 'Some-Bucket'],
    ['Odd', 'Some-Odd'],
  ])('Ref %s', (Ref, expected) => {
    expect(stack.resolver.resolve({ Ref })).toBe(expected);
  });

  it.each([
    ['Fn.Arn', `arn:aws:lambda:${account}:function:fn`],
    ['Version.Version', '1'],
    ['Alias.AliasArn', `arn:aws:lambda:${account}:function:fn:live`],
    ['Table.Arn', `arn:aws:dynamodb:${account}:table/Some-Table`],
    ['Table.StreamArn', `arn:aws:dynamodb:${account}:table/Some-Table/stream/2000-01-01T00:00:00.000`],
    ['Role.Arn', 'arn:aws:iam::000000000000:role/Some-Role'],
    ['Log.Arn', `arn:aws:logs:${account}:log-group:/mine:*`],
    ['Queue.Arn', `arn:aws:sqs:${account}:Some-Queue`],
    ['Topic.TopicName', 'Some-Topic'],
    ['Setting.Value', 'Some-Table'],
    ['Bucket.RegionalDomainName', 'Some-Bucket.s3.eu-west-1.amazonaws.com'],
  ])('GetAtt %s', (path, expected) => {
    expect(stack.resolver.resolve({ 'Fn::GetAtt': path })).toBe(expected);
  });

  it.each([
    ['Rest', 10],
    ['Http', 10],
  ])('draws an id for %s, the same each time', (Ref, length) => {
    const id = stack.resolver.resolve({ Ref });
    expect(id).toMatch(new RegExp(`^[a-z0-9]{${length}}$`));
    expect(stack.resolver.resolve({ Ref })).toBe(id);
  });

  it("puts an HTTP API's id into its endpoint", () => {
    expect(stack.resolver.resolve({ 'Fn::GetAtt': 'Http.ApiEndpoint' })).toBe(
      `https://${String(stack.resolver.resolve({ Ref: 'Http' }))}.execute-api.eu-west-1.amazonaws.com`,
    );
  });

  it('gives an interface endpoint a host name behind its zone', () => {
    const host = {
      'Fn::Select': [
        1,
        { 'Fn::Split': [':', { 'Fn::Select': [0, { 'Fn::GetAtt': 'Interface.DnsEntries' }] }] },
      ],
    };
    expect(stack.resolver.resolve(host)).toMatch(
      /^vpce-[a-z0-9]{17}\.dynamodb\.eu-west-1\.vpce\.amazonaws\.com$/,
    );
  });

  it.each(['Gateway.DnsEntries', 'Custom.Colour', 'Made.Colour', 'Odd.Arn', 'Fn.Colour'])(
    'does not know %s',
    (path) => {
      expect(() => stack.resolver.resolve({ 'Fn::GetAtt': path })).toThrow(/is not known here/);
    },
  );

  it.each(['Custom', 'Made'])("does not make up what %s's own code decides", (Ref) => {
    const rest = stack.attempt({ Ref }, 'it');
    expect(rest).toBeUndefined();
    expect([...stack.notPlayed]).toContainEqual(expect.stringContaining(`Ref ${Ref} `));
  });
});
