import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ServiceQuotasClient } from '@aws-sdk/client-service-quotas';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { HttpGateway } from './http-gateway.ts';
import { RestGateway } from './rest-gateway.ts';
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
export interface StageConnection extends StageAddress {
  readonly accountId: string;
  readonly region: string;
  readonly baseUrl: string;
  readonly functionName: string;
  readonly tableName: string;
  readonly gateway: StageGateway;
  readonly ingestFunction: StageFunction;
  readonly cloudWatch: CloudWatchClient;
  readonly dynamoDb: DynamoDBClient;
  readonly lambda: LambdaClient;
  readonly serviceQuotas: ServiceQuotasClient;
}

const commonOutputs = {
  ApiUrl: z.url(),
  ApiStageName: z.string(),
  FunctionName: z.string(),
  FunctionAlias: z.string().optional(),
  TableName: z.string(),
};

/** The output with the API's id tells its kind. */
const outputsSchema = z.union([
  z.object({ ...commonOutputs, RestApiId: z.string() }),
  z.object({ ...commonOutputs, HttpApiId: z.string() }),
]);
type StackOutputs = z.infer<typeof outputsSchema>;

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

/** Finds the stage by its stack's outputs. @throws StageNotFoundError, StageUnreachableError, AliasError */
export async function connectStage(address: StageAddress): Promise<StageConnection> {
  const config = clientConfig(address);
  const cloudFormation = new CloudFormationClient(config);
  const region = await cloudFormation.config.region().catch((cause: unknown) => {
    throw new StageUnreachableError(address.stackName, cause);
  });
  const outputs = await describeOutputs(cloudFormation, address.stackName);
  const identity = await new STSClient(config).send(new GetCallerIdentityCommand({}));
  const lambda = new LambdaClient(config);
  return {
    ...address,
    region,
    accountId: identity.Account ?? 'unknown',
    baseUrl: outputs.ApiUrl.replace(/\/$/, ''),
    functionName: outputs.FunctionName,
    tableName: outputs.TableName,
    gateway: openGateway(config, outputs),
    ingestFunction: await openFunction(lambda, outputs.FunctionName, outputs.FunctionAlias),
    cloudWatch: new CloudWatchClient(config),
    dynamoDb: new DynamoDBClient(config),
    lambda,
    serviceQuotas: new ServiceQuotasClient(config),
  };
}

function openGateway(config: object, outputs: StackOutputs): StageGateway {
  if ('RestApiId' in outputs) return new RestGateway(config, outputs.RestApiId, outputs.ApiStageName);
  return new HttpGateway(config, outputs.HttpApiId, outputs.ApiStageName);
}

async function describeOutputs(client: CloudFormationClient, stackName: string): Promise<StackOutputs> {
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
  const parsed = outputsSchema.safeParse(Object.fromEntries(pairs));
  if (!parsed.success) {
    throw new StageNotFoundError(
      stackName,
      `outputs do not fit: ${z.prettifyError(parsed.error)}`,
      parsed.error,
    );
  }
  return parsed.data;
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
