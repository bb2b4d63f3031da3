import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { RestStageModel } from '../../template/rest/rest-stage-model.ts';
import type { Exchange } from '../rest/exchange.ts';

/** A method of a function, with what the test is about put in place of the usual. */
export function restMethod(own: Partial<RestMethodModel> = {}): RestMethodModel {
  return {
    httpMethod: 'GET',
    resourcePath: '/items/{id}',
    resourceId: 'res123',
    functionName: 'f',
    functionQualifier: null,
    mock: null,
    integrationTimeoutMs: 29_000,
    authorization: 'NONE',
    isApiKeyRequired: false,
    validation: null,
    ...own,
  };
}

/** A stage called `prod`. */
export function restStage(own: Partial<RestStageModel> = {}): RestStageModel {
  return {
    apiId: 'api1234567',
    apiName: 'api',
    stageName: 'prod',
    deploymentId: 'dep123',
    variables: { colour: 'blue' },
    binaryMediaTypes: [],
    methods: [],
    methodSettings: [],
    resourcePolicy: null,
    accessLog: null,
    gatewayResponses: [],
    ...own,
  };
}

/** A request as node parses it, without a socket behind it. */
export function restRequest(own: {
  readonly method?: string;
  readonly rawHeaders?: readonly string[];
}): IncomingMessage {
  const rawHeaders = own.rawHeaders ?? ['Host', 'api.local:4510'];
  const headers = Object.fromEntries(
    rawHeaders.flatMap((name, i) => (i % 2 === 0 ? [[name.toLowerCase(), rawHeaders[i + 1]]] : [])),
  ) as Record<string, string>;
  return {
    method: own.method ?? 'GET',
    httpVersion: '1.1',
    rawHeaders,
    headers,
    socket: Object.assign(new EventEmitter(), { remoteAddress: '127.0.0.1', localPort: 4510 }),
  } as unknown as IncomingMessage;
}

/** A request to `/prod/items/7?page=2&tag=a&tag=b` on its way. */
export function restExchange(own: Partial<Exchange> = {}): Exchange {
  const stage = { model: restStage(), accessLog: null, gatewayResponses: null, dimensions: {} };
  return {
    request: restRequest({}),
    response: {} as ServerResponse,
    ids: {
      requestId: 'req-1',
      extendedRequestId: 'ext=',
      traceHeader: 'Root=1-a-b',
      traceId: 'Root=1-a-b;Parent=c;Sampled=0',
    },
    stageName: 'prod',
    path: '/items/7',
    query: 'page=2&tag=a&tag=b',
    startedAtMs: 0,
    receivedAtMs: Date.UTC(2026, 10, 23, 12, 47, 3, 500),
    stage: stage as unknown as Exchange['stage'],
    match: {
      target: { method: restMethod() },
      pathParameters: { id: '7' },
    } as unknown as Exchange['match'],
    caller: null,
    apiKey: null,
    integrationLatencyMs: null,
    lambdaStatus: null,
    functionStatus: null,
    integrationError: null,
    failure: null,
    ...own,
  };
}
