import { HTTP_API_REFUSALS, type HttpApiRefusal } from './http-api-refusal.ts';

const rows: [string, HttpApiRefusal, number, string][] = [
  ['F10', 'throttled', 429, '{"message":"Too Many Requests"}'],
  ['F13', 'not-found', 404, '{"message":"Not Found"}'],
  ['IAM', 'forbidden', 403, '{"message":"Forbidden"}'],
  ['F14', 'body-too-large', 413, 'HTTP content length exceeded 10485760 bytes.'],
  ['F15', 'payload-too-large', 413, '{"message":"Request Entity Too Large"}'],
  ['F16', 'function-throttled', 503, '{"message":"Service Unavailable"}'],
  ['F17, F19', 'function-failed', 500, '{"message":"Internal Server Error"}'],
  ['F17', 'malformed-response', 500, '{"message":"Internal Server Error"}'],
  ['F18', 'integration-timeout', 503, '{"message":"Service Unavailable"}'],
];

describe('HTTP_API_REFUSALS', () => {
  it.each(rows)('%s: %s', (_fact, refusal, statusCode, body) => {
    const answer = HTTP_API_REFUSALS[refusal];
    expect([answer.statusCode, answer.body.toString()]).toEqual([statusCode, body]);
    const contentType = refusal === 'body-too-large' ? 'text/plain' : 'application/json';
    expect(answer.headers).toEqual(['Content-Type', contentType]);
  });
});
