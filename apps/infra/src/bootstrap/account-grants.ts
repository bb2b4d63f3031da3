import { NAMED_BY_CLOUDFORMATION } from './grant.ts';
import type { Grant } from './grant.ts';
import type { StageArns } from './stage-arns.ts';

/** What `infra:preflight` asks, and what finds the parts of a stage; reading only. */
export function accountGrants(arns: StageArns): Grant[] {
  return [
    {
      sid: 'ReadAccount',
      actions: [
        'dynamodb:DescribeLimits',
        'ec2:DescribeVpcs',
        'lambda:GetAccountSettings',
        'servicequotas:GetAWSDefaultServiceQuota',
        'servicequotas:GetServiceQuota',
      ],
      resources: ['*'],
      wildcard: 'Quotas, settings and metrics are the account’s: IAM knows no resources for these actions.',
    },
    {
      sid: 'ReadStack',
      actions: [
        'cloudformation:DescribeStackResources',
        'cloudformation:DescribeStacks',
        'cloudformation:GetTemplate',
      ],
      resources: [arns.stack],
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
    {
      sid: 'ReadReservation',
      actions: ['lambda:GetFunctionConcurrency'],
      resources: [arns.function],
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
    {
      sid: 'ReadWarmTable',
      actions: ['dynamodb:DescribeTable'],
      resources: [arns.table],
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
  ];
}
