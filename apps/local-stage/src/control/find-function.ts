import { LATEST } from '../lambda/function-definition.ts';
import { functionArn } from '../template/function-model.ts';
import { AwsError } from './aws-error.ts';
import type { ControlledFunction, StageControls } from './stage-controls.ts';

/** A function as a caller named it. */
export type FoundFunction = ControlledFunction & { readonly qualifier: string | null };

/**
 * By name, ARN, or `account:function:name`, each with `:alias` or `:version` at its end where that is meant.
 * @param qualifier that came beside the name
 * @throws AwsError where the function is not there, or no such version of it
 */
export function findFunction(
  given: string,
  { functions, model }: StageControls,
  qualifier: string | null = null,
): FoundFunction {
  const [name = '', named] = given.replace(/^(?:.*?:)?function:/, '').split(':');
  const asked = qualifier ?? named ?? null;
  const found = functions.get(name);
  if (found?.versions.find(asked)) return { ...found, qualifier: asked };
  const arn = functionArn(model, asked === null ? name : `${name}:${asked}`);
  throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
}

/**
 * As `findFunction`, for calls that take the function and no version of it but `$LATEST`.
 * @throws AwsError as well on an alias or a number; its words are UpdateFunctionConfiguration's, of others unverified
 */
export function findWholeFunction(given: string, controls: StageControls): ControlledFunction {
  const found = findFunction(given, controls);
  if (found.qualifier === null || found.qualifier === LATEST) return found;
  const message = `Current operation does not support versions other than ${LATEST}.`;
  throw new AwsError('InvalidParameterValueException', `${message} Found ${found.qualifier}`);
}

/** Lets the next requests run what they call as it is now, after a change of its versions. */
export function playCalledVersion({ pool, versions }: ControlledFunction): void {
  const { version, settings } = versions.called;
  pool.configure({ ...settings, version });
}
