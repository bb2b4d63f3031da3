import type { AuthorizationOutcome, AuthorizationRefusal } from './authorize-request.ts';

/** The outcome of a request that may not go on. */
export type Refused = Extract<AuthorizationOutcome, { kind: 'refused' }>;

/** Makes one. */
export function refusal(reason: AuthorizationRefusal, message: string): Refused {
  return { kind: 'refused', reason, message };
}
