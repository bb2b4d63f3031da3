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
  'linear-10-percent-every-3-minutes': LambdaDeploymentConfig.LINEAR_10PERCENT_EVERY_3MINUTES,
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

export interface RolloutProps {
  readonly kind: Stage['rollout'];
  readonly function: LambdaFunction;
  /** Whether a shift goes on whatever the alarms say: for the fix of a stage whose alarms fire. */
  readonly ignoreAlarms: boolean;
}

/** A rollout as the stage asks for it. */
export function createRollout(scope: Construct, id: string, props: RolloutProps): Rollout {
  if (props.kind !== 'all-at-once') {
    return new GradualRollout(scope, id, { ...props, steps: STEPS[props.kind] });
  }
  // New code takes all traffic with the deployment: there is no shift to stop.
  return { handler: props.function, rollBackOn: () => undefined };
}

/**
 * Alias `live`, moved by CodeDeploy a share of the traffic at a time. The alias depends on the deployment group, and that
 * on its alarms: none of them may refer to what depends on the alias, such as the methods of the gateway or its stage.
 */
class GradualRollout extends Construct implements Rollout {
  readonly handler: Alias;
  readonly aliasName = 'live';
  private readonly group: LambdaDeploymentGroup;

  constructor(
    scope: Construct,
    id: string,
    props: RolloutProps & { readonly steps: ILambdaDeploymentConfig },
  ) {
    super(scope, id);
    const { currentVersion } = props.function;
    this.handler = new Alias(this, 'Alias', { aliasName: this.aliasName, version: currentVersion });
    this.group = new LambdaDeploymentGroup(this, 'DeploymentGroup', {
      application: new LambdaApplication(this, 'Application'),
      alias: this.handler,
      deploymentConfig: props.steps,
      // CodeDeploy stops a shift while an alarm fires, also one that fired before.
      ignoreAlarmConfiguration: props.ignoreAlarms,
      autoRollback: { failedDeployment: true, stoppedDeployment: true },
    });
    // A shift goes by the group as this deployment describes it, not as the one before did.
    this.handler.node.addDependency(this.group);
    Validations.of(this.group).acknowledge({
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSCodeDeployRoleForLambdaLimited]',
      reason: 'What CodeDeploy itself needs to move an alias, kept up to date by AWS.',
    });
  }

  rollBackOn(alarms: readonly IAlarm[]): void {
    for (const alarm of alarms) this.group.addAlarm(alarm);
  }
}
