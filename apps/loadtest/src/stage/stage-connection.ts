import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { AliasedFunction } from './aliased-function.ts';
import { DirectFunction } from './direct-function.ts';
import { HttpGateway } from './http-gateway.ts';
import { RestGateway } from './rest-gateway.ts';
import { parseOutputs, type StackOutputs } from './stack-outputs.ts';
import { openFunction, type StageFunction } from './stage-function.ts';
import type { StageGateway } from './stage-gateway.ts';

/** Where a stage's AWS APIs are: a Region's own, or the one endpoint of a local stage. */
export interface StageAddress {
  readonly stackName: string;
  readonly region: string | undefined;
  /** A local stage's endpoint; undefined means AWS itself. */
  readonly endpoint: string | undefined;
  /** Named AWS profile; undefined leaves it to the standard credential chain. */
  readonly credentialsProfile: string | undefined;
  /** Shortest period in which the stage's metrics can be read, s. */
  readonly metricPeriodSeconds: number;
}

/** A stage found by its stack: names of its parts and the clients to ask about them. */
export interface FoundStage extends StageAddress {
  readonly accountId: string;
  /** ARN of who asks. */
  readonly caller: string;
  /** When its stack was deployed last. */
  readonly deployedAt: Date | null;
  readonly region: string;
  readonly baseUrl: string;
  readonly functionName: string;
  /** What the gateway calls; undefined where it calls the function itself. */
  readonly functionAlias: string | undefined;
  readonly tableName: string;
  readonly gateway: StageGateway;
  readonly cloudFormation: CloudFormationClient;
  readonly cloudWatch: CloudWatchClient;
  readonly cloudWatchLogs: CloudWatchLogsClient;
  readonly dynamoDb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly serviceQuotas: ServiceQuotasClient;
}

/** A stage whose function can be changed, and put back. */
export interface StageConnection extends FoundStage {
  readonly ingestFunction: StageFunction;
}

/** A stack that is not there, or is not one of ours. */
export class StageNotFoundError extends Error {
  readonly code = 'STAGE_NOT_FOUND';
  readonly stackName: string;

  constructor(stackName: string, reason: string, cause?: unknown) {
    super(`stack ${stackName}: ${reason}; deploy it with npx nx run infra:deploy --stage=<stage>`, { cause });
    this.name = 'StageNotFoundError';
    this.stackName = stackName;
  }
}

/** AWS can't be asked: no Region, no credentials, or no permission. */
export class StageUnreachableError extends Error {
  readonly code = 'STAGE_UNREACHABLE';
  readonly stackName: string;

  constructor(stackName: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `stack ${stackName}: can't be looked up (${reason}), want a Region and credentials that may read it; ` +
        'set AWS_REGION, or pass --aws-profile=<name>',
      { cause },
    );
    this.name = 'StageUnreachableError';
    this.stackName = stackName;
  }
}

/** Finds the stage by its stack's outputs. @throws StageNotFoundError, StageUnreachableError */
export async function findStage(address: StageAddress): Promise<FoundStage> {
  const config = clientConfig(address);
  const cloudFormation = new CloudFormationClient(config);
  const region = await cloudFormation.config.region().catch((cause: unknown) => {
    throw new StageUnreachableError(address.stackName, cause);
  });
  const { outputs, deployedAt } = await describeStack(cloudFormation, address.stackName);
  const identity = await new STSClient(config).send(new GetCallerIdentityCommand({}));
  const lambda = new LambdaClient(config);
  return {
    ...address,
    region,
    accountId: identity.Account ?? 'unknown',
    caller: identity.Arn ?? 'unknown',
    deployedAt,
    baseUrl: outputs.ApiUrl.replace(/\/$/, ''),
    functionName: outputs.FunctionName,
    functionAlias: outputs.FunctionAlias,
    tableName: outputs.TableName,
    gateway: openGateway(config, outputs),
    cloudFormation,
    cloudWatch: new CloudWatchClient(config),
    cloudWatchLogs: new CloudWatchLogsClient(config),
    dynamoDb: new DynamoDBClient(config),
    lambda,
    serviceQuotas: new ServiceQuotasClient(config),
  };
}

/** The same, with its function as it was deployed. @throws AliasError besides */
export async function connectStage(address: StageAddress): Promise<StageConnection> {
  return openStageFunction(await findStage(address));
}

/** @throws AliasError unless the function is as a deployment leaves it */
export async function openStageFunction(found: FoundStage): Promise<StageConnection> {
  const { lambda, functionName, functionAlias } = found;
  return { ...found, ingestFunction: await openFunction(lambda, functionName, functionAlias) };
}

/** The function as a run left it that can't put it back itself. @param version that its alias was on */
export function openLeftFunction(found: FoundStage, version: string | null): StageConnection {
  const { lambda, functionName, functionAlias } = found;
  const ingestFunction =
    functionAlias === undefined || version === null
      ? new DirectFunction(lambda, functionName)
      : AliasedFunction.left(lambda, { functionName, alias: functionAlias, version });
  return { ...found, ingestFunction };
}

function openGateway(config: object, outputs: StackOutputs): StageGateway {
  const { RestApiId, HttpApiId = '', ApiStageName } = outputs;
  if (RestApiId !== undefined) return new RestGateway(config, RestApiId, ApiStageName);
  return new HttpGateway(config, HttpApiId, ApiStageName);
}

async function describeStack(
  client: CloudFormationClient,
  stackName: string,
): Promise<{ readonly outputs: StackOutputs; readonly deployedAt: Date | null }> {
  const answer = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((cause: unknown) => {
      // CloudFormation's answer for a stack that is not there; everything else is about who asks, and where.
      const isAbsent = cause instanceof CloudFormationServiceException && cause.name === 'ValidationError';
      throw isAbsent
        ? new StageNotFoundError(stackName, cause.message, cause)
        : new StageUnreachableError(stackName, cause);
    });
  const pairs = (answer.Stacks?.[0]?.Outputs ?? []).map((output) => [output.OutputKey, output.OutputValue]);
  const parsed = parseOutputs(Object.fromEntries(pairs));
  if (!parsed.success) {
    throw new StageNotFoundError(
      stackName,
      `outputs do not fit: ${z.prettifyError(parsed.error)}`,
      parsed.error,
    );
  }
  const { LastUpdatedTime, CreationTime } = answer.Stacks?.[0] ?? {};
  return { outputs: parsed.data, deployedAt: LastUpdatedTime ?? CreationTime ?? null };
}

/** A local stage's own key. */
export const LOCAL_CREDENTIALS = { accessKeyId: 'local', secretAccessKey: 'local' };

/** On a local stage any credentials do; on AWS the standard chain decides. */
function clientConfig(address: StageAddress): object {
  return {
    ...(address.region === undefined ? {} : { region: address.region }),
    ...(address.credentialsProfile === undefined ? {} : { profile: address.credentialsProfile }),
    ...(address.endpoint === undefined ? {} : { endpoint: address.endpoint, credentials: LOCAL_CREDENTIALS }),
  };
}
