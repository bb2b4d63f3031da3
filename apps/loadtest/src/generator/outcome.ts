import type { Outcome } from '@spillway/capacity';
import type { Ending } from './answer-log.ts';

/**
 * HTTP status → outcome of an answer that came whole and in time.
 * 429 is throttled, other 4xx refused, 5xx failed; a redirect took no entry either, so it counts as refused.
 */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'acknowledged';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'failed' : 'refused';
}

/**
 * What an outcome consists of: throttled answers by who throttled (`x-amzn-ErrorType`; `unnamed` where the answer
 * doesn't say), refused by status, failed by status and error type, broken connections by code. Null where an
 * outcome has one kind only.
 */
export function kindOf({ outcome, status, errorType }: Ending): string | null {
  switch (outcome) {
    case 'throttled':
      return errorType || 'unnamed';
    case 'refused':
      return String(status);
    case 'failed':
      return errorType === '' ? String(status) : `${status}.${errorType}`;
    case 'connection-error':
      return errorType || 'unnamed';
    case 'acknowledged':
    case 'timeout':
      return null;
  }
}
