import type { AuthorizationRefusal } from './authorize-request.ts';

/** How a REST API puts a refusal; all of them are 403. */
export interface AuthorizationError {
  readonly statusCode: 403;
  /** `x-amzn-ErrorType`. */
  readonly errorType: string;
  /** The gateway response that a template can customise (F21). */
  readonly responseType:
    'ACCESS_DENIED' | 'DEFAULT_4XX' | 'INVALID_SIGNATURE' | 'MISSING_AUTHENTICATION_TOKEN';
  /** The name of the body's only field: denials alone write it with a capital. */
  readonly messageField: 'message' | 'Message';
}

/** As clients of REST APIs report them. An HTTP API answers 403 `{"message":"Forbidden"}` to all of them. */
export const AUTHORIZATION_ERRORS: Readonly<Record<AuthorizationRefusal, AuthorizationError>> = {
  // F13
  'missing-authentication-token': error(
    'MissingAuthenticationTokenException',
    'MISSING_AUTHENTICATION_TOKEN',
  ),
  'invalid-signature': error('InvalidSignatureException', 'INVALID_SIGNATURE'),
  'incomplete-signature': error('IncompleteSignatureException', 'MISSING_AUTHENTICATION_TOKEN'),
  'unknown-access-key': error('UnrecognizedClientException', 'DEFAULT_4XX'),
  'signature-expired': error('InvalidSignatureException', 'INVALID_SIGNATURE'),
  'access-denied': { ...error('AccessDeniedException', 'ACCESS_DENIED'), messageField: 'Message' },
};

/** The body of such an answer, JSON. */
export function authorizationErrorBody(reason: AuthorizationRefusal, message: string): string {
  return JSON.stringify({ [AUTHORIZATION_ERRORS[reason].messageField]: message });
}

function error(errorType: string, responseType: AuthorizationError['responseType']): AuthorizationError {
  return { statusCode: 403, errorType, responseType, messageField: 'message' };
}
