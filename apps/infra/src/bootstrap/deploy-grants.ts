import type { Stage } from '../stages.ts';
import { accountGrants } from './account-grants.ts';
import { NAMED_BY_CLOUDFORMATION } from './grant.ts';
import type { Grant } from './grant.ts';
import type { StageArns } from './stage-arns.ts';

/**
 * What a deployment may do itself: hand over to the CDK's own roles, of which CloudFormation's does the work, and read what
 * the preflight asks and what the summary of a deployment says.
 */
export function deployGrants(arns: StageArns, stage: Stage): Grant[] {
  return [
    {
      sid: 'HandOverToCdk',
      actions: ['sts:AssumeRole'],
      resources: [arns.cdkRole('deploy'), arns.cdkRole('file-publishing')],
    },
    ...accountGrants(arns),
    {
      sid: 'ReadAlarms',
      actions: ['cloudwatch:DescribeAlarms'],
      resources: [arns.alarms],
      wildcard: 'To ask for alarms by the start of their name is to ask for all of them; reading only.',
    },
    ...(stage.rollout === 'all-at-once' ? [] : [readShifts(arns)]),
  ];
}

function readShifts({ shiftApplication, shiftGroup }: StageArns): Grant {
  return {
    sid: 'ReadShifts',
    actions: ['codedeploy:GetDeployment', 'codedeploy:ListDeploymentGroups', 'codedeploy:ListDeployments'],
    resources: [shiftApplication, shiftGroup],
    wildcard: NAMED_BY_CLOUDFORMATION,
  };
}
