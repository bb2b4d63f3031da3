import { only, onlyId, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

describe('addFirewall', () => {
  it('blocks an address from the number on that the stage says, and lets all others pass: it is told to come back', () => {
    const template = synthesizedStack({ stage: { firewall: { requestsPerFiveMinutes: 1234 } } });
    const { Properties } = only(template, 'AWS::WAFv2::WebACL');
    expect(Properties).toMatchObject({ Scope: 'REGIONAL', DefaultAction: { Allow: {} } });
    expect(Properties.Rules).toHaveLength(1);
    expect(Properties.Rules[0]).toMatchObject({
      Action: {
        Block: {
          CustomResponse: {
            ResponseCode: 429,
            CustomResponseBodyKey: 'throttled',
            ResponseHeaders: [{ Name: 'Retry-After', Value: '60' }],
          },
        },
      },
      Statement: {
        RateBasedStatement: { AggregateKeyType: 'IP', Limit: 1234, EvaluationWindowSec: 300 },
      },
    });
    expect(Properties.CustomResponseBodies).toEqual({
      throttled: { ContentType: 'APPLICATION_JSON', Content: '{"message":"Too Many Requests"}' },
    });
    const association = only(template, 'AWS::WAFv2::WebACLAssociation').Properties;
    expect(JSON.stringify(association.ResourceArn)).toContain(onlyId(template, 'AWS::ApiGateway::Stage'));
    expect(association.WebACLArn).toEqual({ 'Fn::GetAtt': [onlyId(template, 'AWS::WAFv2::WebACL'), 'Arn'] });
  });

  it('adds nothing where the stage asks for none', () => {
    const template = synthesizedStack();
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });
});
