import { CloudFormationServiceException } from '@aws-sdk/client-cloudformation';
import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import { readStack } from './read-stack.ts';

const lambda = {
  send: () => Promise.resolve({ ReservedConcurrentExecutions: 7 }),
} as unknown as LambdaClient;
const cloudFormation = (answer: Partial<Stack> | Error) =>
  ({
    send: () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ Stacks: [answer] })),
  }) as unknown as CloudFormationClient;
const read = (answer: Partial<Stack> | Error) => readStack(cloudFormation(answer), lambda, 'Spillway-dev');
const refusal = (name: string) =>
  new CloudFormationServiceException({ name, $fault: 'client', $metadata: {} });

describe('readStack', () => {
  it('reads a stage that is deployed', async () => {
    const Outputs = [
      { OutputKey: 'FunctionName', OutputValue: 'ingest' },
      { OutputKey: 'TableName', OutputValue: 'entries' },
    ];
    await expect(
      read({ StackStatus: 'UPDATE_COMPLETE', EnableTerminationProtection: true, Outputs }),
    ).resolves.toEqual({
      status: 'UPDATE_COMPLETE',
      isProtected: true,
      hasVpc: true,
      reservedConcurrency: 7,
      tableName: 'entries',
    });
  });

  it('knows that a first deployment that failed has left no VPC, function or table', async () => {
    await expect(read({ StackStatus: 'ROLLBACK_COMPLETE' })).resolves.toEqual({
      status: 'ROLLBACK_COMPLETE',
      isProtected: false,
      hasVpc: false,
      reservedConcurrency: 0,
      tableName: undefined,
    });
  });

  it('tells a stack that is not there from one that nobody may see', async () => {
    await expect(read(refusal('ValidationError'))).resolves.toBeNull();
    await expect(read(refusal('AccessDenied'))).rejects.toMatchObject({ name: 'AccessDenied' });
  });
});
