import type { Stage } from '../stages.ts';
import { accountGrants } from './account-grants.ts';
import { NAMED_BY_CLOUDFORMATION } from './grant.ts';
import type { Grant } from './grant.ts';
import type { StageArns } from './stage-arns.ts';

/** Start of the ids of the load test's entries. */
const ENTRY_MARKER = 'loadtest.*';

/** What a load test does: call the API, lift limits and put them back, read metrics, audit the table and clean it. */
export function loadtestGrants(arns: StageArns, name: string, stage: Stage): Grant[] {
  return [
    ...accountGrants(arns),
    ...gatewayGrants(arns, name),
    {
      sid: 'LiftAndRestoreFunction',
      actions: [
        'lambda:DeleteFunctionConcurrency',
        'lambda:GetAlias',
        'lambda:GetFunctionConfiguration',
        'lambda:ListTags',
        'lambda:PutFunctionConcurrency',
        'lambda:TagResource',
        'lambda:UntagResource',
        'lambda:UpdateAlias',
        'lambda:UpdateFunctionConfiguration',
      ],
      resources: [arns.function],
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
    ...tableGrants(arns, stage),
    {
      sid: 'ReadMetrics',
      actions: [
        'cloudwatch:GetMetricData',
        'logs:DescribeQueryDefinitions',
        'logs:GetQueryResults',
        'logs:StopQuery',
      ],
      resources: ['*'],
      wildcard: 'Metrics and running queries are the account’s: IAM knows no resources for these actions.',
    },
    {
      sid: 'ReadFlowLogs',
      actions: ['logs:StartQuery'],
      resources: [arns.flowLogs],
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
  ];
}

function gatewayGrants({ apis, methods }: StageArns, name: string): Grant[] {
  return [
    {
      sid: 'LiftAndRestoreGateway',
      actions: ['apigateway:GET', 'apigateway:PATCH'],
      resources: [apis],
      conditions: {
        StringEquals: { 'aws:ResourceTag/service': 'spillway', 'aws:ResourceTag/stage': name },
      },
      wildcard: 'AWS makes the id of an API at its first deployment; the tags say which stage it must be of.',
    },
    {
      sid: 'SendEntries',
      actions: ['execute-api:Invoke'],
      resources: [methods],
      wildcard:
        'AWS makes the id of an API at its first deployment, and an invocation knows no tags; the stage’s name is said.',
    },
  ];
}

function tableGrants({ table, account, dynamoDb }: StageArns, { encryption }: Stage): Grant[] {
  return [
    {
      sid: 'AuditTable',
      actions: ['dynamodb:DescribeTable', 'dynamodb:Scan'],
      resources: [table],
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
    {
      sid: 'RemoveOwnEntries',
      actions: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem'],
      resources: [table],
      // Whatever goes wrong in a clean-up, no client's entry can be written or deleted past the API.
      conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [ENTRY_MARKER] } },
      wildcard: NAMED_BY_CLOUDFORMATION,
    },
    ...(encryption === 'aws-owned'
      ? []
      : [
          {
            sid: 'ReadThroughKeyOfTable',
            actions: ['kms:Decrypt'],
            resources: ['*'],
            conditions: { StringEquals: { 'kms:CallerAccount': account, 'kms:ViaService': dynamoDb } },
            wildcard:
              'The key is made at the first deployment; only DynamoDB may use it in this role’s name.',
          },
        ]),
  ];
}
