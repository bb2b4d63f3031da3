import { onlyId, propertiesOf, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

const clients = [
  {
    name: 'team-a',
    guaranteed: { ratePerSecond: 20, burstRequests: 25 },
    quota: { requests: 1000, period: 'month' as const },
  },
  { name: 'team-b', guaranteed: { ratePerSecond: 0.5, burstRequests: 4 } },
  { name: 'load-test', quota: { requests: 7, period: 'day' as const } },
];

describe('ClientPlans', () => {
  const template = synthesizedStack({ stage: { clients } });
  const plans = propertiesOf(template, 'AWS::ApiGateway::UsagePlan');
  const ApiId = { Ref: onlyId(template, 'AWS::ApiGateway::RestApi') };
  const Stage = { Ref: onlyId(template, 'AWS::ApiGateway::Stage') };

  it('gives each client a plan of its own, with its bucket and its quota', () => {
    expect(plans.map(({ UsagePlanName, Throttle, Quota }) => ({ UsagePlanName, Throttle, Quota }))).toEqual([
      {
        UsagePlanName: 'Stack-team-a',
        Throttle: { RateLimit: 20, BurstLimit: 25 },
        Quota: { Limit: 1000, Period: 'MONTH' },
      },
      { UsagePlanName: 'Stack-team-b', Throttle: { RateLimit: 0.5, BurstLimit: 4 }, Quota: undefined },
      { UsagePlanName: 'Stack-load-test', Throttle: undefined, Quota: { Limit: 7, Period: 'DAY' } },
    ]);
  });

  it('counts batches in entries: each plan has a bucket for them, as the stage has', () => {
    expect(plans.map(({ ApiStages }) => ApiStages)).toEqual([
      [{ ApiId, Stage, Throttle: { '/batch/POST': { RateLimit: 0.02, BurstLimit: 2 } } }],
      [{ ApiId, Stage, Throttle: { '/batch/POST': { RateLimit: 0.0005, BurstLimit: 1 } } }],
      [{ ApiId, Stage, Throttle: {} }],
    ]);
  });

  it("has one key for each plan, whose value is nobody's but AWS's", () => {
    const keys = template.findResources('AWS::ApiGateway::ApiKey');
    expect(Object.values(keys).map(({ Properties }) => [Properties.Name, Properties.Enabled])).toEqual([
      ['Stack-team-a', true],
      ['Stack-team-b', true],
      ['Stack-load-test', true],
    ]);
    for (const { Properties } of Object.values(keys)) expect(Object.keys(Properties)).not.toContain('Value');
    const links = propertiesOf(template, 'AWS::ApiGateway::UsagePlanKey');
    expect(links.map(({ KeyId }) => KeyId.Ref)).toEqual(Object.keys(keys));
    expect(links.map(({ UsagePlanId }) => UsagePlanId.Ref)).toEqual(
      Object.keys(template.findResources('AWS::ApiGateway::UsagePlan')),
    );
  });

  it.each([
    ['a key and a signature where there are clients', clients, true],
    ['a signature alone where there are none', [], false],
  ])('has both methods ask for %s', (_what, some, asked) => {
    const methods = propertiesOf(synthesizedStack({ stage: { clients: some } }), 'AWS::ApiGateway::Method');
    expect(
      methods.map(({ ApiKeyRequired, AuthorizationType }) => [ApiKeyRequired, AuthorizationType]),
    ).toEqual([
      [asked, 'AWS_IAM'],
      [asked, 'AWS_IAM'],
    ]);
  });

  it('keeps the ids of a plan and its key when a client is added before it', () => {
    const ids = Object.keys(template.findResources('AWS::ApiGateway::ApiKey'));
    const grown = synthesizedStack({ stage: { clients: [{ name: 'new' }, ...clients] } });
    expect(Object.keys(grown.findResources('AWS::ApiGateway::ApiKey'))).toEqual(expect.arrayContaining(ids));
  });
});
