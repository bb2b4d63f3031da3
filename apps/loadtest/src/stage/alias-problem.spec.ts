import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { aliasProblem, isOn } from './alias-problem.ts';

const called: FunctionConfiguration = {
  ...{ CodeSha256: 'code', Runtime: 'nodejs24.x', Handler: 'index.handler' },
  ...{ Timeout: 4, MemorySize: 1024, Version: '7', RevisionId: 'a' },
  Environment: { Variables: { TABLE: 'entries' } },
  VpcConfig: { VpcId: 'vpc-1', SubnetIds: ['a', 'b'], SecurityGroupIds: ['sg'] },
};
const alias = { FunctionVersion: '7', RevisionId: 'r' };

describe('aliasProblem', () => {
  it.each<[string, FunctionConfiguration]>([
    ['the same', {}],
    ['other memory and timeout, which a run sets', { MemorySize: 512, Timeout: 29 }],
    ['its own version and revision', { Version: '$LATEST', RevisionId: 'b' }],
    ['no layers told as an empty list', { Layers: [] }],
    ['subnets in another order', { VpcConfig: { ...called.VpcConfig, SubnetIds: ['b', 'a'] } }],
  ])('is none where $LATEST has %s', (_what, change) => {
    expect(aliasProblem(alias, { ...called, ...change }, called)).toBeNull();
  });

  it.each<[string, FunctionConfiguration]>([
    ['code', { CodeSha256: 'other' }],
    ['Environment', { Environment: { Variables: { TABLE: 'other' } } }],
    ['Runtime', { Runtime: 'nodejs22.x' }],
    ['Handler', { Handler: 'index.other' }],
    ['Layers', { Layers: [{ Arn: 'layer:1', CodeSize: 3 }] }],
    ['VpcConfig', { VpcConfig: { SubnetIds: ['a'], SecurityGroupIds: ['sg'] } }],
  ])('names %s where $LATEST has another', (name, change) => {
    expect(aliasProblem(alias, { ...called, ...change }, called)).toBe(
      `found other ${name} in version 7 than in $LATEST, want the same; ` +
        'set $LATEST to what version 7 has, or deploy what $LATEST has',
    );
  });
});

describe('isOn', () => {
  it.each<[object, boolean]>([
    [{}, true],
    [{ RoutingConfig: {} }, true],
    [{ RoutingConfig: { AdditionalVersionWeights: {} } }, true],
    [{ RoutingConfig: { AdditionalVersionWeights: { 8: 0.1 } } }, false],
    [{ FunctionVersion: '8' }, false],
  ])('is told of %j', (change, expected) => {
    expect(isOn({ ...alias, ...change }, '7')).toBe(expected);
  });
});
