import type { ClientAnswer } from './exchange.ts';
import type { Kind } from './stages.ts';

/** F16: whether Lambda throttled. That the machine is full is told apart: the local stage says so in its own words. */
export function isThrottled(kind: Kind, { status, body }: ClientAnswer): boolean {
  if (kind === 'rest') return status === 500 && body === '{"message": "Internal server error"}';
  return (status === 500 || status === 503) && !body.includes('local stage');
}
