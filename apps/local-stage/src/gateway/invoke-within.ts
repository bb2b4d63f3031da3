import type { Integration, InvocationContext, InvocationOutcome } from './integration.ts';

/**
 * One invocation, waited for no longer than the integration's timeout (F18). The function runs on: Lambda
 * does not learn that nobody waits any more.
 */
export function invokeWithin(
  timeoutMs: number,
  integration: Integration,
  event: unknown,
  context: InvocationContext,
): Promise<InvocationOutcome | 'integration-timeout'> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, timeoutMs, 'integration-timeout');
    void integration.invoke(event, context).then((outcome) => {
      clearTimeout(timer);
      resolve(outcome);
    });
  });
}
