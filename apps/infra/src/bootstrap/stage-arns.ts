import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { stackName } from '../stages.ts';
import type { Stage } from '../stages.ts';

/** Qualifier of `cdk bootstrap` where nobody asks for another. */
const CDK_QUALIFIER = 'hnb659fds';

/** Names of an API's collection and stage, as its kind of API Gateway has them. */
const GATEWAYS: Record<Stage['api'], { readonly collection: string; readonly stageName: string }> = {
  rest: { collection: 'restapis', stageName: 'prod' },
  http: { collection: 'apis', stageName: '$default' },
};

/**
 * What the parts of a stage will be called, in the account and Region of the stack that asks. CloudFormation names them
 * <stack>-<logical id>-<random>; the logical ids are part of it, so that stage `dev` is never stage `dev-2`.
 */
export function stageArns(scope: Construct, name: string, { api }: Pick<Stage, 'api'>) {
  const stack = Stack.of(scope);
  const named = stackName(name);
  const { collection, stageName } = GATEWAYS[api];
  const slash = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName });
  const colon = (service: string, resource: string, resourceName: string) =>
    stack.formatArn({ service, resource, resourceName, arnFormat: ArnFormat.COLON_RESOURCE_NAME });
  return {
    account: stack.account,
    dynamoDb: `dynamodb.${stack.region}.${stack.urlSuffix}`,
    stack: slash('cloudformation', 'stack', `${named}/*`),
    alarms: colon('cloudwatch', 'alarm', '*'),
    function: colon('lambda', 'function', `${named}-IngestFunction*`),
    table: slash('dynamodb', 'table', `${named}-EntriesTable*`),
    flowLogs: colon('logs', 'log-group', `${named}-FlowLogs*`),
    shiftApplication: colon('codedeploy', 'application', `${named}-RolloutApplication*`),
    shiftGroup: colon('codedeploy', 'deploymentgroup', `${named}-RolloutApplication*`),
    apis: stack.formatArn({
      service: 'apigateway',
      account: '',
      resource: '',
      resourceName: `${collection}/*`,
    }),
    methods: slash('execute-api', '*', `${stageName}/POST/*`),
    /** Role of the CDK's own bootstrap stack. */
    cdkRole: (kind: 'deploy' | 'file-publishing') =>
      stack.formatArn({
        service: 'iam',
        region: '',
        resource: 'role',
        resourceName: `cdk-${CDK_QUALIFIER}-${kind}-role-${stack.account}-${stack.region}`,
      }),
  };
}

export type StageArns = ReturnType<typeof stageArns>;
