import { exchange, type Row, type WantedAnswer } from './row.ts';

const TOO_LONG: WantedAnswer = {
  status: 413,
  body: 'HTTP content length exceeded 10485760 bytes.',
  headers: { 'Content-Type': 'text/plain' },
};
const OVER_10_MB = { path: '/ok', method: 'POST', body: Buffer.alloc(10_485_761, 'x') };

const restError = (status: number, message: string, errorType: string): WantedAnswer => ({
  status,
  body: `{"message":"${message}"}`,
  headers: { 'x-amzn-ErrorType': errorType },
});

/** What the gateway answers without calling a function. */
export const refusalRows: readonly Row[] = [
  {
    fact: 'F10',
    says: 'throttled: 429 without Retry-After',
    rest: exchange(
      'rest',
      { path: '/strict', times: 4 },
      { ...restError(429, 'Too Many Requests', 'TooManyRequestsException'), without: ['retry-after'] },
    ),
    http: exchange(
      'http',
      { path: '/strict', times: 4 },
      { status: 429, body: '{"message":"Too Many Requests"}' },
    ),
  },
  {
    fact: 'F11',
    says: "a plan's quota is used up: 429 Limit Exceeded",
    rest: exchange(
      'rest',
      { path: '/quota', headers: { 'x-api-key': 'KeyWithQuota' }, times: 3 },
      restError(429, 'Limit Exceeded', 'LimitExceededException'),
    ),
  },
  {
    fact: 'F12',
    says: 'no API key: 403 Forbidden',
    rest: exchange('rest', { path: '/keyed' }, restError(403, 'Forbidden', 'ForbiddenException')),
  },
  {
    fact: 'F12',
    says: 'a wrong API key: 403 Forbidden',
    rest: exchange(
      'rest',
      { path: '/keyed', headers: { 'x-api-key': 'NobodysKey' } },
      restError(403, 'Forbidden', 'ForbiddenException'),
    ),
  },
  {
    fact: 'F13',
    says: 'unknown route',
    rest: exchange(
      'rest',
      { path: '/nowhere' },
      restError(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'),
    ),
    http: exchange('http', { path: '/nowhere' }, { status: 404, body: '{"message":"Not Found"}' }),
  },
  {
    fact: 'F13',
    says: 'unknown method of a known path',
    rest: exchange(
      'rest',
      { path: '/strict', method: 'DELETE' },
      restError(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'),
    ),
    http: exchange(
      'http',
      { path: '/strict', method: 'DELETE' },
      { status: 404, body: '{"message":"Not Found"}' },
    ),
  },
  {
    fact: 'F13',
    // What an HTTP API answers here the fact leaves open: its column tells of routes alone.
    says: 'no signature where AWS_IAM is required',
    rest: exchange(
      'rest',
      { path: '/signed' },
      restError(403, 'Missing Authentication Token', 'MissingAuthenticationTokenException'),
    ),
  },
  {
    fact: 'F14',
    says: 'a body of 10 MB and a byte: 413 text/plain',
    rest: exchange('rest', OVER_10_MB, TOO_LONG),
    http: exchange('http', OVER_10_MB, TOO_LONG),
  },
  {
    fact: 'F14',
    says: 'a body in chunks, once it passes 10 MB',
    rest: exchange('rest', { ...OVER_10_MB, isChunked: true }, TOO_LONG),
    http: exchange('http', { ...OVER_10_MB, isChunked: true }, TOO_LONG),
  },
  {
    fact: 'F14',
    says: 'a body of 10 MB passes the front door, and is refused by Lambda alone (F15)',
    rest: exchange(
      'rest',
      { ...OVER_10_MB, body: OVER_10_MB.body.subarray(1) },
      { status: 413, body: '{"message":"Request Too Long"}' },
    ),
    // Which body an HTTP API sends then is unverified; not the front door's.
    http: exchange(
      'http',
      { ...OVER_10_MB, body: OVER_10_MB.body.subarray(1) },
      { status: 413, headers: { 'Content-Type': expect.not.stringContaining('text/plain') as string } },
    ),
  },
];
