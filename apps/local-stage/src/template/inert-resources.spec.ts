import { isInertProperty, isInertType } from './inert-resources.ts';

describe('isInertType', () => {
  it.each<[string, boolean]>([
    ['AWS::CloudWatch::Alarm', true],
    ['AWS::CodeDeploy::DeploymentGroup', true],
    ['AWS::EC2::FlowLog', true],
    ['AWS::KMS::Alias', true],
    ['AWS::KMS::Key', true],
    ['AWS::WAFv2::WebACL', false],
    ['AWS::WAFv2::WebACLAssociation', false],
    ['AWS::IAM::Policy', false],
    ['AWS::SNS::Topic', false],
  ])('of %s is %s: what a caller would notice is not', (type, expected) => {
    expect(isInertType(type)).toBe(expected);
  });
});

describe('isInertProperty', () => {
  it.each<[string, string, boolean]>([
    ['AWS::DynamoDB::Table', 'SSESpecification', true],
    ['AWS::DynamoDB::Table', 'StreamSpecification', false],
    ['AWS::Lambda::Function', 'SSESpecification', false],
    ['AWS::Lambda::Function', 'Tags', true],
    ['AWS::Lambda::Alias', 'RoutingConfig', false],
    ['toString', 'length', false],
  ])('of %s.%s is %s', (type, property, expected) => {
    expect(isInertProperty(type, property)).toBe(expected);
  });
});
