import { methodArn } from './method-arn.ts';

describe('methodArn', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('in %s is of partition %s, as the ARNs in policies are', (region, partition) => {
    const method = { apiId: 'api', stageName: 'prod', httpMethod: 'GET', path: '/a/b' };
    expect(methodArn({ region, accountId: '000000000000' }, method)).toBe(
      `arn:${partition}:execute-api:${region}:000000000000:api/prod/GET/a/b`,
    );
  });
});
