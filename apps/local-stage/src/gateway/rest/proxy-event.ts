import type { IncomingMessage } from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { RestStageModel } from '../../template/rest/rest-stage-model.ts';
import { isHopHeader } from '../hop-headers.ts';
import { isBinaryMedia } from '../media-type.ts';
import type { RequestIds } from '../request-ids.ts';
import { formatRequestTime } from '../request-time.ts';
import { sourceIpOf } from '../source-ip.ts';
import type { Exchange } from './exchange.ts';

/** The part of an exchange that its event tells. */
export type ProxiedRequest = Pick<
  Exchange,
  'request' | 'ids' | 'path' | 'query' | 'receivedAtMs' | 'caller' | 'apiKey'
>;

/** Everything else a proxy event is made of. */
export interface ProxyEventFacts {
  readonly stage: RestStageModel;
  readonly accountId: string;
  readonly method: RestMethodModel;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  readonly body: Buffer | null;
}

/** The event of a REST API's Lambda proxy integration, format 1.0. */
export function buildProxyEvent(exchange: ProxiedRequest, facts: ProxyEventFacts): APIGatewayProxyEvent {
  const { request, ids, path, caller, apiKey, receivedAtMs } = exchange;
  const { stage, method, body } = facts;
  const { headers, multiValueHeaders } = buildHeaders(request, ids);
  const { single, multiple } = buildQuery(exchange.query);
  const isBinary = isBinaryMedia(stage.binaryMediaTypes, request.headers['content-type']);
  return {
    resource: method.resourcePath,
    path,
    httpMethod: request.method ?? 'GET',
    headers,
    multiValueHeaders,
    queryStringParameters: single,
    multiValueQueryStringParameters: multiple,
    pathParameters: facts.pathParameters,
    stageVariables: stage.variables,
    requestContext: {
      resourceId: method.resourceId,
      resourcePath: method.resourcePath,
      httpMethod: request.method ?? 'GET',
      extendedRequestId: ids.extendedRequestId,
      requestTime: formatRequestTime(receivedAtMs),
      path: `/${stage.stageName}${path}`,
      accountId: facts.accountId,
      protocol: `HTTP/${request.httpVersion}`,
      stage: stage.stageName,
      domainPrefix: stage.apiId,
      requestTimeEpoch: receivedAtMs,
      requestId: ids.requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: caller?.accountId ?? null,
        cognitoIdentityId: null,
        caller: caller?.userId ?? null,
        sourceIp: sourceIpOf(request),
        principalOrgId: null,
        accessKey: caller?.accessKey ?? null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: caller?.userArn ?? null,
        userAgent: request.headers['user-agent'] ?? null,
        user: caller?.userId ?? null,
        apiKey: apiKey?.value ?? null,
        apiKeyId: apiKey?.keyId ?? null,
        clientCert: null,
      },
      domainName: request.headers.host ?? '',
      deploymentId: stage.deploymentId,
      apiId: stage.apiId,
      authorizer: null,
    } as APIGatewayProxyEvent['requestContext'],
    body: body === null ? null : body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary && body !== null,
  };
}

function buildHeaders(
  request: IncomingMessage,
  ids: RequestIds,
): Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'> {
  // No prototype: a client may send a header called __proto__.
  const headers = Object.create(null) as Record<string, string>;
  const multiValueHeaders = Object.create(null) as Record<string, string[]>;
  const raw = request.rawHeaders;
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] as string;
    const value = raw[index + 1] as string;
    if (isHopHeader(name.toLowerCase())) continue;
    headers[name] = value;
    const values = multiValueHeaders[name];
    if (values) values.push(value);
    else multiValueHeaders[name] = [value];
  }
  const forwardedFor = request.headers['x-forwarded-for'];
  const client = sourceIpOf(request);
  const add = (name: string, value: string): void => {
    headers[name] = value;
    multiValueHeaders[name] = [value];
  };
  add('X-Amzn-Trace-Id', ids.traceHeader);
  add('X-Forwarded-For', forwardedFor === undefined ? client : `${String(forwardedFor)}, ${client}`);
  add('X-Forwarded-Port', String(request.socket.localPort ?? 0));
  add('X-Forwarded-Proto', 'http');
  return { headers, multiValueHeaders };
}

function buildQuery(query: string): {
  single: Record<string, string> | null;
  multiple: Record<string, string[]> | null;
} {
  if (query === '') return { single: null, multiple: null };
  const single = Object.create(null) as Record<string, string>;
  const multiple = Object.create(null) as Record<string, string[]>;
  for (const [name, value = ''] of Object.entries(parseQuery(query, '&', '=', { maxKeys: 0 }))) {
    const values = Array.isArray(value) ? value : [value];
    multiple[name] = values;
    single[name] = values.at(-1) ?? '';
  }
  return { single, multiple };
}
