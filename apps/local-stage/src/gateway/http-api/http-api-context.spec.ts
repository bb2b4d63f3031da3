import type { IncomingMessage, ServerResponse } from 'node:http';
import { route, stageOf } from '../__fixtures__/http-api-stage.ts';
import { NO_METRICS } from '../__fixtures__/metrics.ts';
import { httpApiContext } from './http-api-context.ts';
import { beginHttpApiExchange, type HttpApiExchange } from './http-api-exchange.ts';
import { prepareHttpStage } from './http-api-route.ts';

const receivedAtMs = Date.UTC(2026, 10, 23, 12, 47, 3);

function exchangeOf(changes: Partial<HttpApiExchange> = {}): HttpApiExchange {
  const request = {
    method: 'GET',
    url: '/prod/items/7?a=1',
    httpVersion: '1.1',
    headers: { host: 'api.local', 'user-agent': 'curl/8' },
    socket: { remoteAddress: '127.0.0.1' },
  } as unknown as IncomingMessage;
  const stage = prepareHttpStage(
    stageOf([route('GET /items/{id}')], { stageName: 'prod' }),
    { integrations: new Map(), openLog: () => null, recorder: NO_METRICS },
    0,
  );
  const clock = { monotonicMs: () => 0, wallMs: () => receivedAtMs };
  return {
    ...beginHttpApiExchange(request, {} as ServerResponse, clock),
    stage,
    route: stage.routes.match('GET', '/items/7')?.target ?? null,
    requestId: 'request=',
    requestBodyBytes: 5,
    integrationLatencyMs: 12.4,
    lambdaStatus: 200,
    functionStatus: 201,
    ...changes,
  };
}

const valueOf = (name: string, changes: Partial<HttpApiExchange> = {}): unknown =>
  httpApiContext(
    exchangeOf(changes),
    { statusCode: 201, responseBodyBytes: 10, latencyMs: 14.6 },
    '000000000000',
  )(name);

describe('httpApiContext', () => {
  it.each([
    ['accountId', '000000000000'],
    ['apiId', 'api1234567'],
    ['dataProcessed', 15],
    ['domainName', 'api.local'],
    ['domainPrefix', 'api1234567'],
    ['extendedRequestId', 'request='],
    ['httpMethod', 'GET'],
    ['identity.sourceIp', '127.0.0.1'],
    ['identity.userAgent', 'curl/8'],
    ['integration.integrationStatus', 200],
    ['integration.latency', 12],
    ['integration.status', 201],
    ['integrationLatency', 12],
    ['integrationStatus', 200],
    ['path', '/prod/items/7'],
    ['protocol', 'HTTP/1.1'],
    ['requestId', 'request='],
    ['requestTime', '23/Nov/2026:12:47:03 +0000'],
    ['requestTimeEpoch', receivedAtMs],
    ['responseLatency', 15],
    ['responseLength', 10],
    ['routeKey', 'GET /items/{id}'],
    ['stage', 'prod'],
    ['status', 201],
  ])('gives %s as %s', (name, value) => {
    expect(valueOf(name)).toBe(value);
  });

  it('has no value for a name that HTTP APIs do not have, or that is no name at all', () => {
    for (const name of ['resourcePath', 'identity.apiKey', 'toString']) {
      expect(valueOf(name) ?? null).toBeNull();
    }
  });

  it('names the refusal, bare and quoted', () => {
    const refused = { refusal: 'throttled' } as const;
    expect([
      valueOf('error.message', refused),
      valueOf('error.messageString', refused),
      valueOf('error.responseType', refused),
    ]).toEqual(['Too Many Requests', '"Too Many Requests"', 'THROTTLED']);
    const tooLarge = { refusal: 'body-too-large' } as const;
    expect(valueOf('error.message', tooLarge)).toBe('HTTP content length exceeded 10485760 bytes.');
    expect(valueOf('error.message') ?? null).toBeNull();
  });

  it("gives Lambda's request id only where Lambda was asked", () => {
    const exchange = exchangeOf();
    expect(valueOf('integration.requestId', { ids: exchange.ids })).toBe(exchange.ids.requestId);
    expect(valueOf('awsEndpointRequestId', { lambdaStatus: null })).toBeNull();
  });

  it('gives the message of the integration and who signed', () => {
    const caller = { accessKey: 'AK', accountId: '1', userArn: 'arn:user', userId: 'AIDA' };
    const changes = { integrationErrorMessage: 'broken', caller };
    const names = ['integrationErrorMessage', 'integration.error', 'identity.userArn', 'identity.caller'];
    expect(names.map((name) => valueOf(name, changes))).toEqual(['broken', 'broken', 'arn:user', 'AIDA']);
  });
});
