import type { GatewayResponseType } from '../../template/rest/rest-gateway-response-model.ts';
import type { Answer } from '../write-response.ts';

/** An answer the gateway gives by itself, without or instead of the function's. */
export type GatewayErrorKind =
  | 'throttled'
  | 'quota-exceeded'
  | 'invalid-api-key'
  | 'unknown-stage'
  | 'missing-authentication-token'
  | 'body-too-large'
  | 'payload-too-large'
  | 'function-throttled'
  | 'function-failed'
  | 'malformed-response'
  | 'integration-timeout'
  | 'unsupported-media-type'
  | 'mock-failed'
  | 'host-full'
  | 'not-played'
  | 'authorizer-not-played';

/** What went wrong, in the words of gateway responses and access logs. */
export interface GatewayFailure {
  /** `x-amzn-ErrorType`; null for the front door's own limit. */
  readonly errorType: string | null;
  /** The gateway response that a template can customise (F21); null for what is not AWS's, or not its API's. */
  readonly responseType: GatewayResponseType | null;
  readonly message: string;
  /** What a validator found, for `$context.error.validationErrorString`. */
  readonly validationErrors: string | null;
  /** The answer as long as no template changes it. */
  readonly response: Answer;
}

/** F17 and F19: which type AWS gives a 502 is unverified; DEFAULT_5XX changes it, as users report. */
const FUNCTION_FAILED = failure(502, 'InternalServerErrorException', 'DEFAULT_5XX', 'Internal server error');

/** The bytes as clients of REST APIs receive them: some bodies have a blank after the colon, some have none. */
export const GATEWAY_FAILURES: Readonly<Record<GatewayErrorKind, GatewayFailure>> = {
  // F10: no Retry-After
  throttled: compact(429, 'TooManyRequestsException', 'THROTTLED', 'Too Many Requests'),
  // F11
  'quota-exceeded': compact(429, 'LimitExceededException', 'QUOTA_EXCEEDED', 'Limit Exceeded'),
  // F12
  'invalid-api-key': compact(403, 'ForbiddenException', 'INVALID_API_KEY', 'Forbidden'),
  // No API to ask how it would answer; the bytes are as commonly reported, unverified.
  'unknown-stage': compact(403, 'ForbiddenException', null, 'Forbidden'),
  // F13
  'missing-authentication-token': compact(
    403,
    'MissingAuthenticationTokenException',
    'MISSING_AUTHENTICATION_TOKEN',
    'Missing Authentication Token',
  ),
  // F14: the front door's own limit, so neither JSON nor an error type
  'body-too-large': frontDoor(413, 'HTTP content length exceeded 10485760 bytes.'),
  // F15
  'payload-too-large': compact(413, 'RequestTooLargeException', 'REQUEST_TOO_LARGE', 'Request Too Long'),
  // F16
  'function-throttled': failure(
    500,
    'InternalServerErrorException',
    'INTEGRATION_FAILURE',
    'Internal server error',
  ),
  'function-failed': FUNCTION_FAILED,
  'malformed-response': FUNCTION_FAILED,
  // F18
  'integration-timeout': failure(
    504,
    'InternalServerErrorException',
    'INTEGRATION_TIMEOUT',
    'Endpoint request timed out',
  ),
  'unsupported-media-type': failure(
    415,
    'UnsupportedMediaTypeException',
    'UNSUPPORTED_MEDIA_TYPE',
    'Unsupported Media Type',
  ),
  // A mock whose template names no status code, or one that none of its responses is for.
  'mock-failed': failure(
    500,
    'InternalServerErrorException',
    'API_CONFIGURATION_ERROR',
    'Internal server error',
  ),
  // Not AWS's: the queue of this machine is full, which says nothing about the stage on AWS
  'host-full': compact(503, 'LocalStageHostFull', null, 'local stage: this machine is full'),
  'not-played': compact(
    501,
    'LocalStageNotPlayed',
    null,
    'local stage: the integration of this method is not played',
  ),
  'authorizer-not-played': compact(
    501,
    'LocalStageNotPlayed',
    null,
    'local stage: the authorizer of this method is not played',
  ),
};

/** A failure whose body is AWS's usual JSON, with a blank after the colon. */
export function failure(
  statusCode: number,
  errorType: string,
  responseType: GatewayResponseType | null,
  message: string,
  validationErrors: string | null = null,
): GatewayFailure {
  const body = `{"message": ${JSON.stringify(message)}}`;
  return withBody(statusCode, errorType, responseType, message, validationErrors, body);
}

/** The same in the bytes of a REST API's authorization and throttling, without the blank. */
export function compact(
  statusCode: number,
  errorType: string,
  responseType: GatewayResponseType | null,
  message: string,
  body = JSON.stringify({ message }),
): GatewayFailure {
  return withBody(statusCode, errorType, responseType, message, null, body);
}

/** An answer whose content type is known. */
export function answerOf(
  statusCode: number,
  body: string,
  contentType: string,
  otherHeaders: readonly string[],
): Answer {
  return { statusCode, body, headers: ['Content-Type', contentType, ...otherHeaders] };
}

function withBody(
  statusCode: number,
  errorType: string,
  responseType: GatewayResponseType | null,
  message: string,
  validationErrors: string | null,
  body: string,
): GatewayFailure {
  const response = answerOf(statusCode, body, 'application/json', ['x-amzn-ErrorType', errorType]);
  return { errorType, responseType, message, validationErrors, response };
}

function frontDoor(statusCode: number, text: string): GatewayFailure {
  const response = answerOf(statusCode, text, 'text/plain', []);
  return { errorType: null, responseType: null, message: text, validationErrors: null, response };
}
