import { CfnOutput, Duration, Stack } from 'aws-cdk-lib';
import type { StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import { deployGrants } from './deploy-grants.ts';
import type { GithubTrust } from './github-config.ts';
import { GithubRole } from './github-role.ts';
import { loadtestGrants } from './loadtest-grants.ts';
import { stageArns } from './stage-arns.ts';

export interface GithubRolesStackProps extends StackProps {
  readonly name: string;
  readonly stage: Stage;
  readonly trust: GithubTrust;
}

/** The roles of one stage: who deploys it, and who loads it. */
export class GithubRolesStack extends Stack {
  constructor(scope: Construct, id: string, { name, stage, trust, ...props }: GithubRolesStackProps) {
    super(scope, id, props);
    const arns = stageArns(this, name, stage);
    const deploy = new GithubRole(this, 'Deploy', {
      trust,
      environment: name,
      purpose: `Deploys stage ${name}`,
      grants: deployGrants(arns, stage),
      maxSession: Duration.hours(1),
    });
    const loadtest = new GithubRole(this, 'Loadtest', {
      trust,
      environment: `${name}-loadtest`,
      purpose: `Load-tests stage ${name}`,
      grants: loadtestGrants(arns, name, stage),
      // The full profile and its sweeps take longer than an hour.
      maxSession: Duration.hours(2),
    });
    new CfnOutput(this, 'DeployRoleArn', { value: deploy.role.roleArn });
    new CfnOutput(this, 'LoadtestRoleArn', { value: loadtest.role.roleArn });
  }
}
