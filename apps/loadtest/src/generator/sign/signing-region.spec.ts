import { signingRegion } from './signing-region.ts';

const none = () => undefined;
const GATEWAY = 'https://abc123.execute-api.eu-central-1.amazonaws.com/prod';

describe('signingRegion', () => {
  it.each([
    ["API Gateway's host", GATEWAY, 'eu-central-1'],
    ['that of China', 'https://a.execute-api.cn-north-1.amazonaws.com.cn/prod', 'cn-north-1'],
    ['a VPC endpoint', 'https://a-vpce-1.execute-api.us-gov-west-1.vpce.amazonaws.com/prod', 'us-gov-west-1'],
    ["a function URL's host", 'https://x.lambda-url.ap-southeast-2.on.aws/', 'ap-southeast-2'],
  ])('is read from %s', (_, target, region) => {
    expect(signingRegion(undefined, new URL(target), none)).toBe(region);
  });

  it('is what was asked for, before all others', () => {
    expect(signingRegion('us-west-2', new URL(GATEWAY), () => 'us-east-1')).toBe('us-west-2');
  });

  it.each([
    ['AWS_REGION', { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-1'],
    ['AWS_DEFAULT_REGION', { AWS_DEFAULT_REGION: 'eu-west-2' }, 'eu-west-2'],
  ])('is %s where the host does not tell', (_, environment: Record<string, string>, region) => {
    const variable = (name: string) => environment[name];
    expect(signingRegion(undefined, new URL('https://api.example.com'), variable)).toBe(region);
  });

  it('is asked for where nothing tells', () => {
    expect(() => signingRegion(undefined, new URL('http://127.0.0.1:4510'), none)).toThrow(
      /found none in 127\.0\.0\.1:4510 nor in AWS_REGION, want .*; set AWS_REGION/,
    );
  });
});
