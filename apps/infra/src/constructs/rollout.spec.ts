import { findCycle, referencesOf } from '../__fixtures__/reference-graph.ts';
import { only, onlyId, propertiesOf, synthesizedStack } from '../__fixtures__/synthesized-stack.ts';

const rollout = 'canary-10-percent-5-minutes';
const ALIAS = 'AWS::Lambda::Alias';
const GROUP = 'AWS::CodeDeploy::DeploymentGroup';

describe('createRollout', () => {
  it.each([
    ['rest', 1],
    ['http', 2],
  ] as const)(
    'has a gateway of kind %s call alias live, and may be called by it: permissions %d',
    (api, count) => {
      const template = synthesizedStack({ stage: { rollout, api } });
      const alias = { Ref: onlyId(template, ALIAS) };
      template.hasResourceProperties(ALIAS, {
        Name: 'live',
        FunctionVersion: { 'Fn::GetAtt': [onlyId(template, 'AWS::Lambda::Version'), 'Version'] },
      });
      const calls = api === 'rest' ? 'AWS::ApiGateway::Method' : 'AWS::ApiGatewayV2::Integration';
      const permissions = propertiesOf(template, 'AWS::Lambda::Permission');
      expect(permissions).toHaveLength(count);
      for (const permission of permissions) expect(permission.FunctionName).toEqual(alias);
      for (const call of propertiesOf(template, calls)) {
        expect(JSON.stringify(call.Integration?.Uri ?? call.IntegrationUri)).toContain(JSON.stringify(alias));
      }
    },
  );

  it.each([
    ['canary-10-percent-5-minutes', 'CodeDeployDefault.LambdaCanary10Percent5Minutes'],
    ['linear-10-percent-every-1-minute', 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute'],
    ['linear-10-percent-every-3-minutes', 'CodeDeployDefault.LambdaLinear10PercentEvery3Minutes'],
  ] as const)('shifts traffic by %s, and puts the old code back when that fails', (kind, config) => {
    const template = synthesizedStack({ stage: { rollout: kind } });
    template.hasResource(ALIAS, {
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: { DeploymentGroupName: { Ref: onlyId(template, GROUP) } },
      },
    });
    const { DeploymentConfigName, AutoRollbackConfiguration } = only(template, GROUP).Properties;
    expect(DeploymentConfigName).toBe(config);
    expect(AutoRollbackConfiguration).toMatchObject({
      Enabled: true,
      Events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST', 'DEPLOYMENT_STOP_ON_ALARM'],
    });
  });

  it('keeps the version before, so that it can be put back by hand, and none of a deployment rolled back', () => {
    synthesizedStack({ stage: { rollout } }).hasResource('AWS::Lambda::Version', {
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
    });
  });

  it('reserves concurrency for the function, whichever of its versions runs', () => {
    const template = synthesizedStack({ stage: { rollout } });
    template.hasResourceProperties('AWS::Lambda::Function', { ReservedConcurrentExecutions: 12 });
    template.hasResourceProperties(ALIAS, {});
    expect(only(template, ALIAS).Properties.ProvisionedConcurrencyConfig).toBeUndefined();
  });

  it('makes a version when memory changes, and none when the reservation does', () => {
    const version = (limits: object) =>
      onlyId(synthesizedStack({ stage: { rollout }, limits }), 'AWS::Lambda::Version');
    expect(version({ memorySize: 640 })).not.toBe(version({}));
    expect(version({ reservedConcurrency: 13 })).toBe(version({}));
  });

  it('rolls back on alarms that need nothing of what waits for the alias, as one that named the stage would', () => {
    const template = synthesizedStack({ stage: { rollout } });
    const { AlarmConfiguration } = only(template, GROUP).Properties;
    expect(AlarmConfiguration.Enabled).toBe(true);
    expect(findCycle(referencesOf(template))).toEqual([]);

    const references = new Map(referencesOf(template));
    const alarm: string = AlarmConfiguration.Alarms[0].Name.Ref;
    references.set(alarm, new Set([onlyId(template, 'AWS::ApiGateway::Stage')]));
    expect(findCycle(references)).toEqual(expect.arrayContaining([alarm, onlyId(template, ALIAS)]));
  });

  it('goes on whatever its alarms say where it is told to, and keeps them for the next time', () => {
    const heeding = only(synthesizedStack({ stage: { rollout } }), GROUP).Properties;
    const ignoring = only(
      synthesizedStack({ stage: { rollout }, props: { ignoreAlarms: true } }),
      GROUP,
    ).Properties;
    expect(heeding.AlarmConfiguration.Alarms).toHaveLength(3);
    expect(ignoring.AlarmConfiguration).toEqual({ ...heeding.AlarmConfiguration, Enabled: false });
  });

  it('shifts by what this deployment says: the group comes before the alias that it moves', () => {
    const template = synthesizedStack({ stage: { rollout } });
    expect(only(template, ALIAS).DependsOn).toContain(onlyId(template, GROUP));
  });

  it('has neither alias nor versions where all traffic moves at once', () => {
    const template = synthesizedStack();
    for (const type of [ALIAS, 'AWS::Lambda::Version', GROUP]) template.resourceCountIs(type, 0);
  });
});
