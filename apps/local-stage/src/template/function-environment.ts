import { own } from './own-property.ts';
import type { ResolvedStack, StackResource } from './resolved-stack.ts';

/** Names and values together (F37); that they are added up like this is unverified. */
const LARGEST_ENVIRONMENT_BYTES = 4096;

/** Names that Lambda sets itself, by its documentation: a deployment that declares one is refused. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

/**
 * A function's environment variables, one by one, so that one without a value here does not cost it the others.
 * @returns why Lambda would refuse them, where it would
 */
export function readEnvironment(
  stack: ResolvedStack,
  { physicalId, declaration }: StackResource,
): { readonly variables: Readonly<Record<string, string>> } | { readonly problem: string } {
  const what = (name: string): string => `variable ${name} of ${physicalId}`;
  const declared = own(own(declaration.Properties, 'Environment'), 'Variables');
  const variables: Record<string, string> = {};
  for (const [name, each] of Object.entries(Object(declared))) {
    if (RESERVED_NAMES.has(name)) {
      return { problem: `variable ${name}: Lambda sets that itself, want another name` };
    }
    const value = stack.attempt(each, what(name));
    if (value === undefined) continue;
    if (value === null || typeof value === 'object') stack.notPlayed.add(`${what(name)} (wants text)`);
    else variables[name] = String(value);
  }
  const bytes = Object.entries(variables).reduce((sum, pair) => sum + Buffer.byteLength(pair.join('')), 0);
  if (bytes <= LARGEST_ENVIRONMENT_BYTES) return { variables };
  return { problem: `found ${bytes} B of environment variables, want ≤ ${LARGEST_ENVIRONMENT_BYTES}` };
}
