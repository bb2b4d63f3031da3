import { Code, Function as LambdaFunction, Runtime, type FunctionProps } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { fileURLToPath } from 'node:url';

export const HANDLERS = fileURLToPath(new URL('handlers', import.meta.url));

/** A function of the folder beside this file; one that says how it was called unless told otherwise. */
export function tellFunction(
  scope: Construct,
  id: string,
  props: Partial<FunctionProps> = {},
): LambdaFunction {
  return new LambdaFunction(scope, id, {
    runtime: Runtime.NODEJS_24_X,
    code: Code.fromAsset(HANDLERS),
    handler: 'index.tell',
    ...props,
  });
}
