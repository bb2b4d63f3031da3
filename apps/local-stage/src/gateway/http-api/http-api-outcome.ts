import type { PayloadFormat } from '../../template/http-api/http-integration-model.ts';
import type { HttpApiRefusal } from './http-api-refusal.ts';
import { readHttpApiResponse } from './http-api-response.ts';
import type { InvocationOutcome } from '../integration.ts';
import type { Answer } from '../write-response.ts';

/** What an invocation comes to, for the client and for the access log. */
export interface InvocationResult {
  readonly answer: Answer | HttpApiRefusal;
  /** Status of Lambda's own answer; null when there was none in time. */
  readonly lambdaStatus: number | null;
  readonly errorMessage: string | null;
}

/** How AWS words these messages is unverified, except for the second sentence of the function's error. */
const MESSAGES = {
  timeout: 'The integration did not answer in time.',
  throttled: 'Rate Exceeded.',
  malformed: "The response from the Lambda function doesn't match the format that API Gateway expects.",
} as const;

/** Reads an invocation's outcome; each kind by its fact. */
export function readInvocation(
  outcome: InvocationOutcome | 'integration-timeout',
  format: PayloadFormat,
): InvocationResult {
  // F18
  if (outcome === 'integration-timeout') return failed('integration-timeout', null, MESSAGES.timeout);
  switch (outcome.kind) {
    case 'returned': {
      const answer = readHttpApiResponse(outcome.payload, format);
      if (!answer) return failed('malformed-response', 200, MESSAGES.malformed);
      return { answer, lambdaStatus: 200, errorMessage: null };
    }
    // F16
    case 'throttled':
      if (outcome.by === 'host') return failed('host-full', null, null);
      return failed('function-throttled', 429, MESSAGES.throttled);
    // F17, F19: Lambda answers 200 and names the error in a header
    case 'threw':
      return failed('function-failed', 200, describeFunctionError(outcome.errorType));
    case 'crashed':
      return failed('function-failed', 200, describeFunctionError('Runtime.ExitError'));
    case 'timed-out':
      return failed('function-failed', 200, describeFunctionError('Sandbox.Timedout'));
  }
}

function failed(
  answer: HttpApiRefusal,
  lambdaStatus: number | null,
  errorMessage: string | null,
): InvocationResult {
  return { answer, lambdaStatus, errorMessage };
}

function describeFunctionError(errorType: string): string {
  return `The Lambda function returned the following error: ${errorType}. Check your Lambda function code and try again.`;
}
