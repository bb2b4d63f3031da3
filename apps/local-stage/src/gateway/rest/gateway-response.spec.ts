import { GATEWAY_FAILURES, type GatewayErrorKind } from './gateway-response.ts';

const rows: [string, GatewayErrorKind, number, string, string | undefined][] = [
  ['F10', 'throttled', 429, '{"message":"Too Many Requests"}', 'TooManyRequestsException'],
  ['F11', 'quota-exceeded', 429, '{"message":"Limit Exceeded"}', 'LimitExceededException'],
  ['F12', 'invalid-api-key', 403, '{"message":"Forbidden"}', 'ForbiddenException'],
  [
    'F13',
    'missing-authentication-token',
    403,
    '{"message":"Missing Authentication Token"}',
    'MissingAuthenticationTokenException',
  ],
  ['F14', 'body-too-large', 413, 'HTTP content length exceeded 10485760 bytes.', undefined],
  ['F15', 'payload-too-large', 413, '{"message":"Request Too Long"}', 'RequestTooLargeException'],
  ['F16', 'function-throttled', 500, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  ['F17', 'function-failed', 502, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  ['F17', 'malformed-response', 502, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  [
    'F18',
    'integration-timeout',
    504,
    '{"message": "Endpoint request timed out"}',
    'InternalServerErrorException',
  ],
];

describe('GATEWAY_FAILURES', () => {
  it.each(rows)('%s: %s', (_fact, kind, statusCode, body, errorType) => {
    const { headers, ...response } = GATEWAY_FAILURES[kind].response;
    const named = Object.fromEntries(
      headers.flatMap((name, index) => (index % 2 === 0 ? [[name, headers[index + 1]]] : [])),
    ) as Record<string, string>;
    expect({ ...response, body: response.body.toString() }).toEqual({ statusCode, body });
    expect(named['x-amzn-ErrorType']).toBe(errorType);
    expect(named['Content-Type']).toBe(kind === 'body-too-large' ? 'text/plain' : 'application/json');
    expect(named).not.toHaveProperty('Retry-After');
  });
});
