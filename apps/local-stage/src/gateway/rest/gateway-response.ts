/** An answer the gateway gives by itself, without or instead of the function's. */
export type GatewayErrorKind =
  | 'throttled'
  | 'missing-authentication-token'
  | 'body-too-large'
  | 'payload-too-large'
  | 'function-throttled'
  | 'function-failed'
  | 'malformed-response'
  | 'integration-timeout'
  | 'host-full'
  | 'not-played';

/** Status, body and headers of such an answer, ready to write. */
export interface GatewayResponse {
  readonly statusCode: number;
  readonly body: Buffer;
  /** Name, value, name, value, as `writeHead` takes them. */
  readonly headers: readonly string[];
}

/** The bytes as clients of REST APIs receive them: some bodies have a blank after the colon, some have none. */
export const GATEWAY_RESPONSES: Readonly<Record<GatewayErrorKind, GatewayResponse>> = {
  // F10: no Retry-After
  throttled: json(429, '{"message":"Too Many Requests"}', 'TooManyRequestsException'),
  // F13
  'missing-authentication-token': json(
    403,
    '{"message":"Missing Authentication Token"}',
    'MissingAuthenticationTokenException',
  ),
  // F14: the front door's own limit, so neither JSON nor an error type
  'body-too-large': answer(413, 'HTTP content length exceeded 10485760 bytes.', [
    'Content-Type',
    'text/plain',
  ]),
  // F15
  'payload-too-large': json(413, '{"message":"Request Too Long"}', 'RequestTooLargeException'),
  // F16
  'function-throttled': json(500, '{"message": "Internal server error"}', 'InternalServerErrorException'),
  // F17, and F19 for the function's own timeout
  'function-failed': json(502, '{"message": "Internal server error"}', 'InternalServerErrorException'),
  // F17
  'malformed-response': json(502, '{"message": "Internal server error"}', 'InternalServerErrorException'),
  // F18
  'integration-timeout': json(
    504,
    '{"message": "Endpoint request timed out"}',
    'InternalServerErrorException',
  ),
  // Not AWS's: the queue of this machine is full, which says nothing about the stage on AWS
  'host-full': json(503, '{"message":"local stage: this machine is full"}', 'LocalStageHostFull'),
  'not-played': json(
    501,
    '{"message":"local stage: the integration of this method is not played"}',
    'LocalStageNotPlayed',
  ),
};

function json(statusCode: number, body: string, errorType: string): GatewayResponse {
  return answer(statusCode, body, ['Content-Type', 'application/json', 'x-amzn-ErrorType', errorType]);
}

function answer(statusCode: number, text: string, headers: readonly string[]): GatewayResponse {
  const body = Buffer.from(text);
  return { statusCode, body, headers: [...headers, 'Content-Length', String(body.length)] };
}
