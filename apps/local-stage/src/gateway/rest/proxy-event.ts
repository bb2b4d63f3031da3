import type { IncomingMessage } from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { RestStageModel } from '../../template/rest/rest-stage-model.ts';
import type { ApiKeyModel } from '../../template/rest/usage-plan-model.ts';
import type { Caller } from '../authorize/authorize-request.ts';
import { formatRequestTime } from '../request-time.ts';
import type { RequestIds } from '../request-ids.ts';

/** Everything a proxy event is made of. */
export interface ProxyEventInput {
  readonly request: IncomingMessage;
  readonly stage: RestStageModel;
  readonly accountId: string;
  readonly method: RestMethodModel;
  readonly pathParameters: Readonly<Record<string, string>> | null;
  /** Without the stage, beginning with `/`. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  readonly body: Buffer | null;
  readonly ids: RequestIds;
  /** Who signed; null where nobody had to. */
  readonly caller: Caller | null;
  /** Null where the method asks for none. */
  readonly apiKey: ApiKeyModel | null;
  /** Wall clock. */
  readonly receivedAtMs: number;
}

/** Headers between client and gateway that the function never sees. */
const HOP_HEADERS = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-for',
  'x-amzn-trace-id',
]);

/** The event of a REST API's Lambda proxy integration, format 1.0. */
export function buildProxyEvent(input: ProxyEventInput): APIGatewayProxyEvent {
  const { request, stage, method, ids, path, caller, apiKey } = input;
  const { headers, multiValueHeaders } = buildHeaders(request, ids);
  const { single, multiple } = buildQuery(input.query);
  const isBinary = isBinaryMedia(stage.binaryMediaTypes, request.headers['content-type']);
  return {
    resource: method.resourcePath,
    path,
    httpMethod: request.method ?? 'GET',
    headers,
    multiValueHeaders,
    queryStringParameters: single,
    multiValueQueryStringParameters: multiple,
    pathParameters: input.pathParameters,
    stageVariables: stage.variables,
    requestContext: {
      resourceId: method.resourceId,
      resourcePath: method.resourcePath,
      httpMethod: request.method ?? 'GET',
      extendedRequestId: ids.extendedRequestId,
      requestTime: formatRequestTime(input.receivedAtMs),
      path: `/${stage.stageName}${path}`,
      accountId: input.accountId,
      protocol: `HTTP/${request.httpVersion}`,
      stage: stage.stageName,
      domainPrefix: stage.apiId,
      requestTimeEpoch: input.receivedAtMs,
      requestId: ids.requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: caller?.accountId ?? null,
        cognitoIdentityId: null,
        caller: caller?.userId ?? null,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
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
    body: input.body === null ? null : input.body.toString(isBinary ? 'base64' : 'utf8'),
    isBase64Encoded: isBinary && input.body !== null,
  };
}

/** Whether the API declares this content type binary; `*` + `/*` declares all. */
export function isBinaryMedia(types: readonly string[], contentType: string | undefined): boolean {
  if (types.length === 0) return false;
  if (types.includes('*/*')) return true;
  return contentType !== undefined && types.includes(contentType.split(/[;,]/, 1)[0]?.trim() ?? '');
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
    if (HOP_HEADERS.has(name.toLowerCase())) continue;
    headers[name] = value;
    const values = multiValueHeaders[name];
    if (values) values.push(value);
    else multiValueHeaders[name] = [value];
  }
  const forwardedFor = request.headers['x-forwarded-for'];
  const client = request.socket.remoteAddress ?? '127.0.0.1';
  const added: readonly (readonly [string, string])[] = [
    ['X-Amzn-Trace-Id', ids.traceHeader],
    ['X-Forwarded-For', forwardedFor === undefined ? client : `${String(forwardedFor)}, ${client}`],
    ['X-Forwarded-Port', String(request.socket.localPort ?? 0)],
    ['X-Forwarded-Proto', 'http'],
  ];
  for (const [name, value] of added) {
    headers[name] = value;
    multiValueHeaders[name] = [value];
  }
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
