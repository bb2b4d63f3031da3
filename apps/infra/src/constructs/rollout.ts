import { Validations } from 'aws-cdk-lib';
import type { IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import type { ILambdaDeploymentConfig } from 'aws-cdk-lib/aws-codedeploy';
import { Alias } from 'aws-cdk-lib/aws-lambda';
import type { Function as LambdaFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';

const STEPS: Record<Exclude<Stage['rollout'], 'all-at-once'>, ILambdaDeploymentConfig> = {
  'canary-10-percent-5-minutes': LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
  'linear-10-percent-every-1-minute': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_1MINUTE,
};

/** How new code reaches the traffic of a stage. */
export interface Rollout {
  /** What the gateway calls. */
  readonly handler: IFunction;
  /** Name of the alias that moves from version to version. @default the function is called itself */
  readonly aliasName?: string;
  /** Stops a shift of traffic and puts the old code back as soon as one of them fires. */
  rollBackOn(alarms: readonly IAlarm[]): void;
}

/** A rollout as the stage asks for it. */
export function createRollout(
  scope: Construct,
  id: string,
  kind: Stage['rollout'],
  fn: LambdaFunction,
): Rollout {
  if (kind !== 'all-at-once') return new GradualRollout(scope, id, fn, STEPS[kind]);
  // New code takes all traffic with the deployment: there is no shift to stop.
  return { handler: fn, rollBackOn: () => undefined };
}

/**
 * Alias `live`, moved by CodeDeploy a share of the traffic at a time. The alias depends on the deployment group, and that
 * on its alarms: none of them may refer to what depends on the alias, such as the methods of the gateway or its stage.
 */
class GradualRollout extends Construct implements Rollout {
  readonly handler: Alias;
  readonly aliasName = 'live';
  private readonly group: LambdaDeploymentGroup;

  constructor(scope: Construct, id: string, fn: LambdaFunction, deploymentConfig: ILambdaDeploymentConfig) {
    super(scope, id);
    this.handler = new Alias(this, 'Alias', { aliasName: this.aliasName, version: fn.currentVersion });
    this.group = new LambdaDeploymentGroup(this, 'DeploymentGroup', {
      application: new LambdaApplication(this, 'Application'),
      alias: this.handler,
      deploymentConfig,
      autoRollback: { failedDeployment: true, stoppedDeployment: true },
    });
    Validations.of(this.group).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      reason: 'What CodeDeploy itself needs to move an alias, kept up to date by AWS.',
    });
  }

  rollBackOn(alarms: readonly IAlarm[]): void {
    for (const alarm of alarms) this.group.addAlarm(alarm);
  }
}
