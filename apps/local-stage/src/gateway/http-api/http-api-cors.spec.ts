import type { IncomingMessage } from 'node:http';
import type { CorsModel } from '../../template/http-api/http-api-model.ts';
import { named } from '../__fixtures__/http-api-stage.ts';
import { isPreflight, preflightHeaders, replaceCorsHeaders } from './http-api-cors.ts';

const cors = (changes: Partial<CorsModel> = {}): CorsModel => ({
  allowOrigins: ['https://app.example'],
  allowMethods: ['GET', 'POST'],
  allowHeaders: ['content-type'],
  exposeHeaders: ['x-count'],
  allowCredentials: false,
  maxAgeSeconds: 300,
  ...changes,
});

const request = (method: string, headers: Record<string, string>): IncomingMessage =>
  ({ method, headers }) as unknown as IncomingMessage;

describe('isPreflight', () => {
  const both = { origin: 'https://app.example', 'access-control-request-method': 'POST' };

  it('wants OPTIONS, an origin and the method that is asked for', () => {
    expect(isPreflight(request('OPTIONS', both))).toBe(true);
    expect(isPreflight(request('GET', both))).toBe(false);
    expect(isPreflight(request('OPTIONS', { origin: both.origin }))).toBe(false);
    expect(isPreflight(request('OPTIONS', { 'access-control-request-method': 'POST' }))).toBe(false);
  });
});

describe('preflightHeaders', () => {
  it('says to an allowed origin what is configured', () => {
    expect(named(preflightHeaders(cors({ allowCredentials: true }), 'https://app.example'))).toEqual({
      'access-control-allow-origin': ['https://app.example'],
      'access-control-allow-credentials': ['true'],
      'access-control-allow-methods': ['GET,POST'],
      'access-control-allow-headers': ['content-type'],
      'access-control-max-age': ['300'],
    });
  });

  it('leaves out what is not configured', () => {
    const bare = cors({ allowMethods: [], allowHeaders: [], maxAgeSeconds: null });
    expect(preflightHeaders(bare, 'https://app.example')).toEqual([
      'access-control-allow-origin',
      'https://app.example',
    ]);
  });

  it.each([
    [['*'], 'https://any.example', '*'],
    [['https://*'], 'https://any.example', 'https://any.example'],
    [['https://*'], 'http://any.example', undefined],
    [['http://*', 'https://b.example'], 'http://any.example', 'http://any.example'],
    [['https://a.example'], 'https://a.example.evil', undefined],
    [[], 'https://a.example', undefined],
  ])('with %j allowed answers %s with %s', (allowOrigins, origin, allowed) => {
    const headers = named(preflightHeaders(cors({ allowOrigins }), origin));
    expect(headers['access-control-allow-origin']?.[0]).toBe(allowed);
    expect(Object.keys(headers).length > 0).toBe(allowed !== undefined);
  });
});

describe('replaceCorsHeaders', () => {
  const own = ['Content-Type', 'text/css', 'Access-Control-Allow-Origin', '*', 'Vary', 'Origin'];

  it("puts the API's headers in the place of the function's", () => {
    expect(named(replaceCorsHeaders(own, cors(), 'https://app.example'))).toEqual({
      'content-type': ['text/css'],
      vary: ['Origin'],
      'access-control-allow-origin': ['https://app.example'],
      'access-control-expose-headers': ['x-count'],
    });
  });

  it.each([['https://other.example'], [undefined]])('takes them from an answer to %s', (origin) => {
    expect(replaceCorsHeaders(own, cors(), origin)).toEqual(['Content-Type', 'text/css', 'Vary', 'Origin']);
  });
});
