import type { Answer } from '../write-response.ts';

/** An answer an HTTP API gives by itself, without or instead of the function's. */
export type HttpApiRefusal =
  | 'not-found'
  | 'forbidden'
  | 'throttled'
  | 'body-too-large'
  | 'payload-too-large'
  | 'function-throttled'
  | 'function-failed'
  | 'malformed-response'
  | 'integration-timeout'
  | 'host-full'
  | 'not-played';

/** The bytes as clients of HTTP APIs receive them: no blank after the colon, no `x-amzn-ErrorType`. */
export const HTTP_API_REFUSALS: Readonly<Record<HttpApiRefusal, Answer>> = {
  // F13
  'not-found': json(404, 'Not Found'),
  // A signature that is missing, wrong or not enough: told apart in no way
  forbidden: json(403, 'Forbidden'),
  // F10: no Retry-After
  throttled: json(429, 'Too Many Requests'),
  // F14: the front door's own limit, the same for both kinds of API
  'body-too-large': answer(413, 'HTTP content length exceeded 10485760 bytes.', 'text/plain'),
  // F15, its body unverified
  'payload-too-large': json(413, 'Request Entity Too Large'),
  // F16: 500 or 503, unverified; 503 as for other refusals that the client may try again
  'function-throttled': json(503, 'Service Unavailable'),
  // F17, and F19 for the function's own timeout, that one unverified
  'function-failed': json(500, 'Internal Server Error'),
  // F17
  'malformed-response': json(500, 'Internal Server Error'),
  // F18
  'integration-timeout': json(503, 'Service Unavailable'),
  // Not AWS's: the queue of this machine is full, which says nothing about the stage on AWS
  'host-full': json(503, 'local stage: this machine is full'),
  'not-played': json(501, 'local stage: the integration or authorizer of this route is not played'),
};

function json(statusCode: number, message: string): Answer {
  return answer(statusCode, JSON.stringify({ message }), 'application/json');
}

function answer(statusCode: number, text: string, contentType: string): Answer {
  return { statusCode, body: text, headers: ['Content-Type', contentType] };
}
