import type { Outcome } from '@spillway/capacity';

/**
 * HTTP status → outcome of an answer that came whole and in time.
 * 429 is throttled, other 4xx refused, 5xx failed; a redirect took no entry either, so it counts as refused.
 */
export function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'acknowledged';
  if (status === 429) return 'throttled';
  return status >= 500 ? 'failed' : 'refused';
}
