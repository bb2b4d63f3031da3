import { partitionOf } from '../template/intrinsics/partition.ts';
import { AwsError, unknownOperation } from './aws-error.ts';
import type { StageControls } from './stage-controls.ts';

/**
 * CloudFormation's part: `DescribeStacks` of the one stack.
 * @returns the result element, for the XML around it
 */
export function answerCloudFormation(
  action: string,
  parameters: URLSearchParams,
  controls: StageControls,
): Readonly<Record<string, unknown>> {
  if (action !== 'DescribeStacks') throw unknownOperation(`CloudFormation ${action}`);
  const { model, startedAt } = controls;
  const stackId = `arn:${partitionOf(model.region).name}:cloudformation:${model.region}:${model.accountId}:stack/${model.stackName}/local`;
  const asked = parameters.get('StackName');
  if (asked !== null && asked !== model.stackName && asked !== stackId) {
    throw new AwsError('ValidationError', `Stack with id ${asked} does not exist`);
  }
  return {
    Stacks: {
      member: [
        {
          StackId: stackId,
          StackName: model.stackName,
          CreationTime: startedAt.toISOString(),
          StackStatus: 'CREATE_COMPLETE',
          Outputs: {
            member: model.outputs.map(({ key, value, description }) => ({
              OutputKey: key,
              OutputValue: atLocalOrigin(value, controls),
              ...(description === undefined ? {} : { Description: description }),
            })),
          },
        },
      ],
    },
  };
}

/** An API's host in an output becomes this machine's, so that a client of the deployed stage finds the local one. */
function atLocalOrigin(value: string, { model, origins }: StageControls): string {
  const { urlSuffix } = partitionOf(model.region);
  return [...origins].reduce(
    (text, [apiId, origin]) =>
      text.replaceAll(`https://${apiId}.execute-api.${model.region}.${urlSuffix}`, origin),
    value,
  );
}
