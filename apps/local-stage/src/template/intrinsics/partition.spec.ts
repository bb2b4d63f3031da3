import { stackOf } from '../__fixtures__/stack-of.ts';
import { ResolvedStack } from '../resolved-stack.ts';
import { partitionOf } from './partition.ts';

describe('partitionOf', () => {
  it.each([
    ['us-east-1', 'aws', 'amazonaws.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu'],
  ])('of %s is %s, with hosts under %s', (region, name, urlSuffix) => {
    expect(partitionOf(region)).toEqual({ name, urlSuffix });
  });
});

describe('a stack in China', () => {
  const { source } = stackOf({
    Api: { Type: 'AWS::ApiGatewayV2::Api' },
    Fn: { Type: 'AWS::Lambda::Function' },
    Role: { Type: 'AWS::IAM::Role' },
    Bucket: { Type: 'AWS::S3::Bucket' },
  });
  const stack = new ResolvedStack(source, 'cn-north-1', '000000000000');

  it.each([
    [{ 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' }, 'aws-cn amazonaws.com.cn'],
    [{ 'Fn::GetAtt': ['Fn', 'Arn'] }, 'arn:aws-cn:lambda:cn-north-1:000000000000:function:Some-Fn'],
    [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws-cn:iam::000000000000:role/Some-Role'],
    [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws-cn:s3:::Some-Bucket'],
    [
      { 'Fn::GetAtt': ['Api', 'ApiEndpoint'] },
      /^https:\/\/\w{10}\.execute-api\.cn-north-1\.amazonaws\.com\.cn$/,
    ],
  ])('resolves %j within its partition', (value, expected) => {
    const resolved = stack.resolver.resolve(value);
    if (typeof expected === 'string') expect(resolved).toBe(expected);
    else expect(resolved).toMatch(expected);
  });
});
