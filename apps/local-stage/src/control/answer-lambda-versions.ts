import * as z from 'zod';
import { AwsError } from './aws-error.ts';
import { describeVersion } from './describe-version.ts';
import { findWholeFunction, playCalledVersion } from './find-function.ts';
import { parseInput } from './parse-input.ts';
import type { ControlledFunction, StageControls } from './stage-controls.ts';

const publishSchema = z.strictObject({ Description: z.string().optional() });

/** Weights of a second version are a deployment's, and not played. */
const aliasSchema = z.strictObject({
  FunctionVersion: z
    .string()
    .regex(/^(\$LATEST|\d+)$/, { error: 'wants a version' })
    .optional(),
  Description: z.string().optional(),
  RevisionId: z.string().optional(),
});

/** As AWS documents the exception; what AWS answers word for word is unverified. */
const OTHER_REVISION =
  'The RevisionId provided does not match the latest RevisionId for the Lambda function or alias. ' +
  'Call the GetAlias API to retrieve the latest RevisionId for your resource.';

/** `POST …/functions/{name}/versions`: `$LATEST` as it is now; the newest version, where nothing changed since that. */
export function publishVersion(name: string, input: unknown, controls: StageControls): unknown {
  const found = findWholeFunction(name, controls);
  parseInput(publishSchema, input ?? {}, 'InvalidParameterValueException');
  return describeVersion(found, found.versions.publish().version, controls);
}

/** `GET …/functions/{name}/aliases/{alias}` */
export function getAlias(name: string, alias: string, controls: StageControls): unknown {
  return describeAlias(findWholeFunction(name, controls), alias);
}

/**
 * `PUT …/functions/{name}/aliases/{alias}`: another version, which the next invocations run.
 * @throws AwsError also where the alias has been set since the revision that the caller names
 */
export function updateAlias(name: string, alias: string, input: unknown, controls: StageControls): unknown {
  const found = findWholeFunction(name, controls);
  const { FunctionVersion: version, RevisionId: revision } = parseInput(
    aliasSchema,
    input,
    'InvalidParameterValueException',
  );
  const before = describeAlias(found, alias);
  if (revision !== undefined && revision !== found.versions.revisionOf(alias)) {
    throw new AwsError('PreconditionFailedException', OTHER_REVISION, 412);
  }
  if (version === undefined) return before;
  if (!found.versions.point(alias, version)) {
    throw new AwsError('ResourceNotFoundException', `Function not found: ${found.model.arn}:${version}`, 404);
  }
  playCalledVersion(found);
  return describeAlias(found, alias);
}

function describeAlias({ model, versions }: ControlledFunction, alias: string): unknown {
  const version = versions.versionOf(alias);
  if (version === undefined) {
    throw new AwsError('ResourceNotFoundException', `Cannot find alias arn: ${model.arn}:${alias}`, 404);
  }
  return {
    ...{ AliasArn: `${model.arn}:${alias}`, Name: alias, FunctionVersion: version, Description: '' },
    RevisionId: versions.revisionOf(alias),
  };
}
