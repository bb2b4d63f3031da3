import {
  CloudFormationClient,
  CloudFormationServiceException,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Fingerprint } from '@spillway/throttle';
import * as z from 'zod';
import { DeployedError, reasonOf } from './deployed-error.ts';
import { readBuckets } from './read-buckets.ts';
import { readFunction, type CalledAlias, type FunctionLimits } from './read-function.ts';
import type { StagePlace } from './stage-place.ts';
import { readStageTemplate, type RouteBuckets } from './stage-template.ts';

/** What a deployed stage enforces and runs, as the services that do it say. */
export interface DeployedStage {
  readonly stage: string;
  readonly stackName: string;
  readonly stackStatus: string;
  readonly accountId: string;
  readonly region: string;
  readonly buckets: RouteBuckets;
  readonly functionLimits: FunctionLimits;
  readonly alias: CalledAlias | null;
  readonly lease: string | null;
  /** Of the template it was deployed with; a reason where that can't be read. */
  readonly fingerprint: Fingerprint | string;
}

/** An answer takes tens of milliseconds; an address that swallows packets must not hold the command up. */
const TIMEOUTS = { connectionTimeout: 3000, requestTimeout: 5000, throwOnRequestTimeout: true };

const commonOutputs = {
  ApiStageName: z.string(),
  FunctionName: z.string(),
  FunctionAlias: z.string().optional(),
};
/** The output with the API's id tells its kind. */
const outputsSchema = z.union([
  z.object({ ...commonOutputs, RestApiId: z.string() }),
  z.object({ ...commonOutputs, HttpApiId: z.string() }),
]);

/**
 * Asks AWS what a stage enforces, reading only.
 * @param profile named AWS profile; undefined leaves it to the standard credential chain
 * @throws DeployedError
 */
export async function readDeployed(
  stage: string,
  place: StagePlace,
  profile: string | undefined,
): Promise<DeployedStage> {
  const config = {
    ...(place.region === undefined ? {} : { region: place.region }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: 2,
    requestHandler: TIMEOUTS,
  };
  const identity = await identify(config);
  const where = `stage ${stage}, account ${identity.accountId}, ${identity.region}`;
  if (place.accountId !== undefined && place.accountId !== identity.accountId) {
    throw new DeployedError(
      'ACCOUNT_OTHER',
      `${where}: want account ${place.accountId}, as stages.json or the environment says; choose its profile by --aws-profile=<name>`,
    );
  }
  const stackName = stackOf(stage);
  const cloudFormation = new CloudFormationClient(config);
  try {
    const { outputs, stackStatus } = await describeStack(cloudFormation, stage, where);
    const [buckets, called, fingerprint] = await Promise.all([
      readBuckets(config, outputs),
      readFunction(new LambdaClient(config), outputs.FunctionName, outputs.FunctionAlias),
      readFingerprint(cloudFormation, stackName),
    ]);
    const { limits: functionLimits, alias, lease } = called;
    return { stage, stackName, stackStatus, ...identity, buckets, functionLimits, alias, lease, fingerprint };
  } catch (cause) {
    if (cause instanceof DeployedError) throw cause;
    throw new DeployedError(
      'ACCOUNT_UNREACHABLE',
      `${where}, stack ${stackName}: AWS won't say (${reasonOf(cause)}), want leave to read stack, stage and function; choose another profile by --aws-profile=<name>`,
      cause,
    );
  }
}

function stackOf(stage: string): string {
  return `Spillway-${stage}`;
}

async function identify(config: object): Promise<Pick<DeployedStage, 'accountId' | 'region'>> {
  const sts = new STSClient(config);
  try {
    const [region, { Account }] = await Promise.all([
      sts.config.region(),
      sts.send(new GetCallerIdentityCommand({})),
    ]);
    return { accountId: Account ?? 'unknown', region };
  } catch (cause) {
    throw new DeployedError(
      'ACCOUNT_UNREACHABLE',
      `AWS can't be asked (${reasonOf(cause)}), want a Region and credentials that may read the account; log in, set AWS_REGION, or pass --aws-profile=<name>`,
      cause,
    );
  }
}

async function describeStack(client: CloudFormationClient, stage: string, where: string) {
  const stackName = stackOf(stage);
  const missing = (cause?: unknown) =>
    new DeployedError(
      'STACK_MISSING',
      `${where}: found no stack ${stackName}; deploy it with npx nx deploy infra --stage=${stage}, or choose the account and Region it is in`,
      cause,
    );
  const answer = await client
    .send(new DescribeStacksCommand({ StackName: stackName }))
    .catch((cause: unknown) => {
      // CloudFormation's answer for a stack that is not there.
      const isAbsent = cause instanceof CloudFormationServiceException && cause.name === 'ValidationError';
      throw isAbsent ? missing(cause) : cause;
    });
  const [stack] = answer.Stacks ?? [];
  if (stack === undefined) throw missing();
  const pairs = (stack.Outputs ?? []).map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]);
  const parsed = outputsSchema.safeParse(Object.fromEntries(pairs));
  if (parsed.success) return { outputs: parsed.data, stackStatus: stack.StackStatus ?? 'unknown' };
  throw new DeployedError(
    'STACK_FOREIGN',
    `${where}: stack ${stackName} is ${stack.StackStatus ?? 'there'}, and its outputs don't name an API and a function; deploy it from this workspace`,
    parsed.error,
  );
}

/**
 * The limits can be compared without it. CloudFormation gives back a template with `?` for every character beyond ASCII;
 * those of ours stand in dashboards alone, which a fingerprint leaves out.
 */
async function readFingerprint(
  client: CloudFormationClient,
  StackName: string,
): Promise<Fingerprint | string> {
  try {
    const { TemplateBody = '' } = await client.send(new GetTemplateCommand({ StackName }));
    return (await readStageTemplate(JSON.parse(TemplateBody))).fingerprint;
  } catch (cause) {
    return reasonOf(cause);
  }
}
