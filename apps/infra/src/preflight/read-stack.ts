import { CloudFormationServiceException, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import { GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { DeployedStack } from './account-readings.ts';

/** The stage's stack and what its function has reserved; `null` where it was never deployed. */
export async function readStack(
  cloudFormation: CloudFormationClient,
  lambda: LambdaClient,
  stackName: string,
): Promise<DeployedStack | null> {
  const stack = await describeStack(cloudFormation, stackName);
  if (stack === null) return null;
  const output = (key: string) => stack.Outputs?.find(({ OutputKey }) => OutputKey === key)?.OutputValue;
  const functionName = output('FunctionName');
  const concurrency =
    functionName === undefined
      ? undefined
      : await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: functionName }));
  return {
    status: stack.StackStatus ?? 'unknown',
    isProtected: stack.EnableTerminationProtection ?? false,
    // CloudFormation gives outputs only once all of a stack was there, and the function stands in the VPC.
    hasVpc: functionName !== undefined,
    reservedConcurrency: concurrency?.ReservedConcurrentExecutions ?? 0,
    tableName: output('TableName'),
  };
}

async function describeStack(client: CloudFormationClient, stackName: string): Promise<Stack | null> {
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    return Stacks?.[0] ?? null;
  } catch (error) {
    // CloudFormation's answer for a stack that is not there.
    if (error instanceof CloudFormationServiceException && error.name === 'ValidationError') return null;
    throw error;
  }
}
