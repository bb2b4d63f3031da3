import type { IncomingMessage } from 'node:http';
import { restMethod, restStage } from '../__fixtures__/rest-models.ts';
import { buildProxyEvent, type ProxiedRequest, type ProxyEventFacts } from './proxy-event.ts';

const rawHeaders = [
  'Host',
  'api.local:4510',
  'User-Agent',
  'curl/8',
  'X-Many',
  '1',
  'X-Many',
  '2',
  'Connection',
  'close',
  'X-Forwarded-For',
  '10.0.0.1',
  'Content-Length',
  '2',
  // The client's own words on the way it came are not passed on beside the gateway's.
  'x-forwarded-proto',
  'gopher',
  'x-forwarded-port',
  '70',
  '__proto__',
  'x',
];

const exchange = (
  changes: Partial<ProxiedRequest> = {},
  headers: Record<string, string> = {},
): ProxiedRequest => ({
  request: {
    method: 'POST',
    httpVersion: '1.1',
    rawHeaders,
    headers: { host: 'api.local:4510', 'user-agent': 'curl/8', 'x-forwarded-for': '10.0.0.1', ...headers },
    socket: { remoteAddress: '127.0.0.1', localPort: 4510 },
  } as unknown as IncomingMessage,
  path: '/items/7',
  query: 'a=1&a=2&b=x%20y&c',
  ids: {
    requestId: 'req-1',
    extendedRequestId: 'ext=',
    traceHeader: 'Root=1-a-b',
    traceId: 'Root=1-a-b;Parent=c;Sampled=0',
  },
  caller: null,
  apiKey: null,
  receivedAtMs: Date.UTC(2026, 10, 23, 12, 47, 3, 500),
  ...changes,
});

const facts = (changes: Partial<ProxyEventFacts> = {}): ProxyEventFacts => ({
  stage: restStage(),
  accountId: '000000000000',
  method: restMethod({ httpMethod: 'ANY' }),
  pathParameters: { id: '7' },
  body: Buffer.from('{}'),
  ...changes,
});

describe('buildProxyEvent', () => {
  it('has every field of format 1.0', () => {
    const { headers, multiValueHeaders, ...event } = buildProxyEvent(exchange(), facts());
    expect(JSON.parse(JSON.stringify(event))).toEqual({
      resource: '/items/{id}',
      path: '/items/7',
      httpMethod: 'POST',
      queryStringParameters: { a: '2', b: 'x y', c: '' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: ['x y'], c: [''] },
      pathParameters: { id: '7' },
      stageVariables: { colour: 'blue' },
      requestContext: {
        resourceId: 'res123',
        resourcePath: '/items/{id}',
        httpMethod: 'POST',
        extendedRequestId: 'ext=',
        requestTime: '23/Nov/2026:12:47:03 +0000',
        path: '/prod/items/7',
        accountId: '000000000000',
        protocol: 'HTTP/1.1',
        stage: 'prod',
        domainPrefix: 'api1234567',
        requestTimeEpoch: Date.UTC(2026, 10, 23, 12, 47, 3, 500),
        requestId: 'req-1',
        identity: {
          cognitoIdentityPoolId: null,
          accountId: null,
          cognitoIdentityId: null,
          caller: null,
          sourceIp: '127.0.0.1',
          principalOrgId: null,
          accessKey: null,
          cognitoAuthenticationType: null,
          cognitoAuthenticationProvider: null,
          userArn: null,
          userAgent: 'curl/8',
          user: null,
          apiKey: null,
          apiKeyId: null,
          clientCert: null,
        },
        domainName: 'api.local:4510',
        deploymentId: 'dep123',
        apiId: 'api1234567',
        authorizer: null,
      },
      body: '{}',
      isBase64Encoded: false,
    });
    expect(Object.entries(headers)).toEqual([
      ['Host', 'api.local:4510'],
      ['User-Agent', 'curl/8'],
      ['X-Many', '2'],
      ['__proto__', 'x'],
      ['X-Amzn-Trace-Id', 'Root=1-a-b'],
      ['X-Forwarded-For', '10.0.0.1, 127.0.0.1'],
      ['X-Forwarded-Port', '4510'],
      ['X-Forwarded-Proto', 'http'],
    ]);
    expect(multiValueHeaders['X-Many']).toEqual(['1', '2']);
    expect(Object.keys(multiValueHeaders)).toEqual(Object.keys(headers));
  });

  it('says who signed and which key it was', () => {
    const caller = { accessKey: 'AKIA', accountId: '1', userArn: 'arn:aws:iam::1:user/u', userId: 'AIDA' };
    const apiKey = { keyId: 'k1', name: 'alice', value: 'secret', isEnabled: true };
    expect(buildProxyEvent(exchange({ caller, apiKey }), facts()).requestContext.identity).toMatchObject({
      accessKey: 'AKIA',
      accountId: '1',
      caller: 'AIDA',
      user: 'AIDA',
      userArn: 'arn:aws:iam::1:user/u',
      apiKey: 'secret',
      apiKeyId: 'k1',
    });
  });

  it('says null where there is no body and no query', () => {
    expect(buildProxyEvent(exchange({ query: '' }), facts({ body: null }))).toMatchObject({
      body: null,
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      isBase64Encoded: false,
    });
  });

  it.each([
    ['declared', 'image/png; q=1', ['image/png'], '/w==', true],
    ['another', 'text/plain', ['image/png'], '\ufffd', false],
    ['any, all declared', 'text/plain', ['*/*'], '/w==', true],
  ])(
    'carries a body of a content type that is %s',
    (_case, type, binaryMediaTypes, body, isBase64Encoded) => {
      const event = buildProxyEvent(
        exchange({}, { 'content-type': type }),
        facts({ body: Buffer.from([0xff]), stage: restStage({ binaryMediaTypes }) }),
      );
      expect([event.body, event.isBase64Encoded]).toEqual([body, isBase64Encoded]);
    },
  );
});
