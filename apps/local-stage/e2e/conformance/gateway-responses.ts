import type { RESPONSE_TYPES } from '../__fixtures__/conformance-stage/customised-apis.ts';
import { exchange, type Provocation, type Row } from './row.ts';

type ResponseType = (typeof RESPONSE_TYPES)[number];

const JSON_BODY = { method: 'POST', headers: { 'Content-Type': 'application/json' } };

/** Per type its default status, a request that meets it, and what else the answer must carry. */
const DEFAULTS: Readonly<Record<ResponseType, readonly [number, Provocation, Record<string, string>?]>> = {
  ACCESS_DENIED: [403, { path: '/denied' }],
  BAD_REQUEST_BODY: [400, { path: '/body', ...JSON_BODY, body: '{"id":7}' }],
  BAD_REQUEST_PARAMETERS: [400, { path: '/parameters' }],
  INTEGRATION_FAILURE: [504, { path: '/stopped' }],
  INTEGRATION_TIMEOUT: [504, { path: '/hang' }],
  INVALID_API_KEY: [403, { path: '/keyed' }],
  MISSING_AUTHENTICATION_TOKEN: [403, { path: '/nowhere' }],
  QUOTA_EXCEEDED: [429, { path: '/quota', headers: { 'x-api-key': 'KeyWithCustomQuota' }, times: 2 }],
  // What Lambda does not take (F15). The front door's answer (F14) is no JSON and so hardly one of the API's own;
  // that a gateway response does not reach it is unverified.
  REQUEST_TOO_LARGE: [413, { path: '/ok', method: 'POST', body: 'x'.repeat(7_000_000) }],
  THROTTLED: [429, { path: '/strict', times: 2 }, { 'Retry-After': '7' }],
  UNSUPPORTED_MEDIA_TYPE: [
    415,
    { path: '/mock', method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: 'a,b' },
  ],
};

/** The API customises each type with a header of its own, so an answer says which type it was. */
const ofType = ([type, [status, request, headers]]: [string, (typeof DEFAULTS)[ResponseType]]): Row => ({
  fact: 'F21',
  says: `${type} is ${status} by default, and takes headers`,
  rest: exchange('custom', request, { status, headers: { 'X-Response-Type': type, ...headers } }),
});

/** F21, and that what passes the checks is answered as ever. */
export const gatewayResponseRows: readonly Row[] = [
  ...Object.entries(DEFAULTS).map(ofType),
  {
    fact: 'F21',
    says: 'a body that fits its model is no BAD_REQUEST_BODY',
    rest: exchange(
      'custom',
      { path: '/body', ...JSON_BODY, body: '{"id":"7"}' },
      { status: 200, body: 'ok', without: ['x-response-type'] },
    ),
  },
  {
    fact: 'F21',
    says: 'a request with its parameters is no BAD_REQUEST_PARAMETERS',
    rest: exchange(
      'custom',
      { path: '/parameters?needed=yes' },
      { status: 200, body: 'ok', without: ['x-response-type'] },
    ),
  },
];
