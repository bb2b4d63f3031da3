import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEvent, APIGatewayProxyEventV2 } from 'aws-lambda';
import { route, stageOf } from '../__fixtures__/http-api-stage.ts';
import { buildHttpApiEvent, type HttpApiEventInput, type RequestOfEvent } from './http-api-event.ts';

const RAW_HEADERS = [
  ['Host', 'api.local:4510'],
  ['User-Agent', 'curl/8'],
  ['X-Many', '1'],
  ['X-Many', '2'],
  ['Connection', 'close'],
  ['X-Forwarded-For', '10.0.0.1'],
  ['Transfer-Encoding', 'chunked'],
];

/** As node joins them. */
const requestWith = (extra: readonly (readonly [string, string])[]): IncomingMessage => {
  const pairs = [...RAW_HEADERS, ...extra];
  const headers = Object.fromEntries(pairs.map(([name, value]) => [name?.toLowerCase(), value]));
  return {
    method: 'POST',
    httpVersion: '1.1',
    rawHeaders: pairs.flat(),
    headers,
    socket: { remoteAddress: '127.0.0.1', localPort: 4510 },
  } as unknown as IncomingMessage;
};

type Changes = Partial<Omit<HttpApiEventInput, 'exchange'>> & { readonly exchange?: Partial<RequestOfEvent> };

const input = (
  { exchange, ...changes }: Changes = {},
  extra: readonly (readonly [string, string])[] = [],
): HttpApiEventInput => ({
  exchange: {
    request: requestWith(extra),
    path: '/prod/items/7',
    query: 'a=1&a=2&b=x%20y&c',
    requestId: 'ext=',
    ids: {
      requestId: 'req-1',
      extendedRequestId: 'ext=',
      traceHeader: 'Root=1-a-b',
      traceId: 'Root=1-a-b;Parent=c;Sampled=0',
    },
    receivedAtMs: Date.UTC(2026, 10, 23, 12, 47, 3),
    caller: null,
    ...exchange,
  },
  stage: stageOf([], { stageName: 'prod', variables: { colour: 'blue' } }),
  accountId: '000000000000',
  route: route('POST /items/{id}'),
  pathParameters: { id: '7' },
  body: Buffer.from('{}'),
  ...changes,
});

const caller = {
  accessKey: 'AKIALOCAL',
  accountId: '000000000000',
  userArn: 'arn:aws:iam::000000000000:user/local',
  userId: 'AIDALOCAL',
};

const v2 = (...of: Parameters<typeof input>): APIGatewayProxyEventV2 =>
  buildHttpApiEvent(input(...of)) as APIGatewayProxyEventV2;

const v1 = (changes: Changes = {}): APIGatewayProxyEvent =>
  buildHttpApiEvent(
    input({ route: route('ANY /items/{id}', { payloadFormat: '1.0' }), ...changes }),
  ) as APIGatewayProxyEvent;

const JSON_TYPE = [['Content-Type', 'application/json; charset=utf-8']] as const;

/** What both formats have of the request's headers. */
const HEADERS = {
  host: 'api.local:4510',
  'user-agent': 'curl/8',
  'content-length': '2',
  'x-amzn-trace-id': 'Root=1-a-b',
  'x-forwarded-for': '10.0.0.1, 127.0.0.1',
  'x-forwarded-port': '4510',
  'x-forwarded-proto': 'http',
};

describe('buildHttpApiEvent, format 2.0', () => {
  it('has every documented field of a request', () => {
    expect(v2({}, [...JSON_TYPE, ['Cookie', 'a=1; b=2']])).toEqual({
      version: '2.0',
      routeKey: 'POST /items/{id}',
      rawPath: '/prod/items/7',
      rawQueryString: 'a=1&a=2&b=x%20y&c',
      cookies: ['a=1', 'b=2'],
      headers: { ...HEADERS, 'x-many': '1,2', 'content-type': 'application/json; charset=utf-8' },
      queryStringParameters: { a: '1,2', b: 'x y', c: '' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api1234567',
        domainName: 'api.local:4510',
        domainPrefix: 'api1234567',
        http: {
          method: 'POST',
          path: '/prod/items/7',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'curl/8',
        },
        requestId: 'ext=',
        routeKey: 'POST /items/{id}',
        stage: 'prod',
        time: '23/Nov/2026:12:47:03 +0000',
        timeEpoch: Date.UTC(2026, 10, 23, 12, 47, 3),
      },
      body: '{}',
      pathParameters: { id: '7' },
      isBase64Encoded: false,
      stageVariables: { colour: 'blue' },
    });
  });

  it('leaves out what a request does not have', () => {
    const event = v2({ exchange: { query: '' }, body: null, pathParameters: null, stage: stageOf([]) });
    expect(Object.keys(event).sort()).toEqual([
      'headers',
      'isBase64Encoded',
      'rawPath',
      'rawQueryString',
      'requestContext',
      'routeKey',
      'version',
    ]);
    expect([event.rawQueryString, event.isBase64Encoded]).toEqual(['', false]);
    expect(event.headers['content-length']).toBe('0');
  });

  it.each([
    ['text/plain', false],
    ['text/csv; charset=utf-8', false],
    ['application/json', false],
    ['Application/JSON', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['application/octet-stream', true],
    ['application/vnd.api+json', true],
    ['image/png', true],
    [undefined, true],
  ])('sends a body of type %s as base64: %s', (type, isBase64Encoded) => {
    const event = v2({}, type === undefined ? [] : [['Content-Type', type]]);
    expect(event.isBase64Encoded).toBe(isBase64Encoded);
    expect(event.body).toBe(isBase64Encoded ? 'e30=' : '{}');
  });

  it('says who signed', () => {
    expect(v2({ exchange: { caller } }).requestContext).toMatchObject({
      authorizer: {
        iam: {
          accessKey: 'AKIALOCAL',
          accountId: '000000000000',
          callerId: 'AIDALOCAL',
          cognitoIdentity: null,
          principalOrgId: null,
          userArn: 'arn:aws:iam::000000000000:user/local',
          userId: 'AIDALOCAL',
        },
      },
    });
  });

  it.each([
    ['/caf%C3%A9/a%20b', '/café/a b'],
    ['/broken/%E0%A4%A', '/broken/%E0%A4%A'],
  ])('decodes the path %s', (path, decoded) => {
    const event = v2({ exchange: { path } });
    expect([event.rawPath, event.requestContext.http.path]).toEqual([decoded, decoded]);
  });

  it('takes a header and a parameter called __proto__ for what they are', () => {
    const event = v2({ exchange: { query: '__proto__=1' } }, [['__proto__', 'x']]);
    expect(Object.entries(event.headers)).toContainEqual(['__proto__', 'x']);
    expect(JSON.stringify(event.queryStringParameters)).toBe('{"__proto__":"1"}');
  });
});

describe('buildHttpApiEvent, format 1.0', () => {
  it('has a version, small letters and all the values, where a REST API has none, any and these', () => {
    const event = v1();
    expect(event).toMatchObject({
      version: '1.0',
      resource: '/items/{id}',
      path: '/prod/items/7',
      httpMethod: 'POST',
      headers: { ...HEADERS, 'x-many': '2' },
      queryStringParameters: { a: '2', b: 'x y', c: '' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x y'], c: [''] },
      pathParameters: { id: '7' },
      stageVariables: { colour: 'blue' },
      body: 'e30=',
      isBase64Encoded: true,
    });
    expect(event.multiValueHeaders['x-many']).toEqual(['1', '2']);
    expect(event.requestContext).toMatchObject({
      authorizer: { claims: null, scopes: null },
      extendedRequestId: 'ext=',
      requestId: 'ext=',
      resourceId: null,
      resourcePath: '/items/{id}',
      path: '/prod/items/7',
      identity: { sourceIp: '127.0.0.1', userAgent: 'curl/8', userArn: null },
      requestTime: '23/Nov/2026:12:47:03 +0000',
      stage: 'prod',
    });
  });

  it('says null for what a request does not have', () => {
    const event = v1({ exchange: { query: '' }, body: null, pathParameters: null, stage: stageOf([]) });
    expect(event).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  it('says who signed', () => {
    expect(v1({ exchange: { caller } }).requestContext.identity).toMatchObject({
      accessKey: 'AKIALOCAL',
      accountId: '000000000000',
      caller: 'AIDALOCAL',
      user: 'AIDALOCAL',
      userArn: 'arn:aws:iam::000000000000:user/local',
    });
  });

  it('calls $default by its name', () => {
    expect(v1({ route: route('$default', { payloadFormat: '1.0' }) }).resource).toBe('$default');
  });
});
