import { partitionOf } from '../template/intrinsics/partition.ts';
import { AwsError, unknownOperation } from './aws-error.ts';
import type { StageControls } from './stage-controls.ts';

/**
 * CloudFormation's part: `DescribeStacks` and `GetTemplate` of the one stack.
 * @returns the result element, for the XML around it
 */
export function answerCloudFormation(
  action: string,
  parameters: URLSearchParams,
  controls: StageControls,
): Readonly<Record<string, unknown>> {
  const answer = ACTIONS.get(action);
  if (answer === undefined) throw unknownOperation(`CloudFormation ${action}`);
  const { model } = controls;
  const asked = parameters.get('StackName');
  if (asked !== null && asked !== model.stackName && asked !== stackId(controls)) {
    throw new AwsError('ValidationError', `Stack with id ${asked} does not exist`);
  }
  return answer(controls);
}

const ACTIONS = new Map<string, (controls: StageControls) => Readonly<Record<string, unknown>>>([
  ['DescribeStacks', (controls) => ({ Stacks: { member: [describeStack(controls)] } })],
  [
    'GetTemplate',
    ({ model }) => ({ TemplateBody: model.templateText, StagesAvailable: { member: ['Original'] } }),
  ],
]);

function stackId({ model }: StageControls): string {
  return `arn:${partitionOf(model.region).name}:cloudformation:${model.region}:${model.accountId}:stack/${model.stackName}/local`;
}

function describeStack(controls: StageControls): Readonly<Record<string, unknown>> {
  const { model, startedAt } = controls;
  return {
    StackId: stackId(controls),
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
