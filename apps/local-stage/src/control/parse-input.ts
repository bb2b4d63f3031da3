import type { ZodType } from 'zod';
import { AwsError } from './aws-error.ts';

/**
 * An operation's input.
 * @param code AWS's name for bad input to this service
 * @throws AwsError naming the first field that is wrong
 */
export function parseInput<T>(schema: ZodType<T>, input: unknown, code: string): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  if (issue?.code === 'unrecognized_keys') {
    const where = issue.path.length === 0 ? '' : ` of ${issue.path.join('.')}`;
    throw new AwsError(code, `the local stage does not change ${issue.keys.join(', ')}${where}`);
  }
  throw new AwsError(code, `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'invalid'}`);
}

/**
 * A body as JSON; an empty one is an empty object.
 * @throws AwsError when it is not JSON
 */
export function parseJsonBody(body: Buffer | null): unknown {
  if (body === null) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'the body is not JSON');
  }
}
