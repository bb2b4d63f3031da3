import { controls, refusalOf } from './__fixtures__/controls.ts';
import { answerServiceQuotas } from './answer-service-quotas.ts';

const get = (ServiceCode: string, QuotaCode: string, region?: string): unknown =>
  answerServiceQuotas('GetServiceQuota', { ServiceCode, QuotaCode }, controls(region ? { region } : {}));

describe('answerServiceQuotas', () => {
  it.each([
    ['lambda', 'L-B99A9384', 1000, true],
    ['apigateway', 'L-8A5B8E43', 10_000, true],
    ['apigateway', 'L-CDF5615A', 5000, false],
  ])('gives the quota %s %s', (service, code, Value, Adjustable) => {
    expect(get(service, code)).toMatchObject({ Quota: { Value, Adjustable } });
  });

  it("names it in the Region's partition", () => {
    const QuotaArn = 'arn:aws-us-gov:servicequotas:us-gov-west-1:000000000000:lambda/L-B99A9384';
    expect(get('lambda', 'L-B99A9384', 'us-gov-west-1')).toMatchObject({ Quota: { QuotaArn } });
  });

  it('has no quota of another service', () => {
    expect(refusalOf(() => get('apigateway', 'L-B99A9384'))).toMatchObject({
      code: 'NoSuchResourceException',
      message: expect.stringMatching(/no quota L-B99A9384 of apigateway; it has L-B99A9384, /) as string,
    });
  });
});
