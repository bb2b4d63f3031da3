import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { HttpApiEventInput } from './http-api-event.ts';
import {
  decodePath,
  readEventBody,
  readEventHeaders,
  readEventQuery,
  toRecord,
} from './http-api-event-parts.ts';
import { formatRequestTime } from '../request-time.ts';
import { sourceIpOf } from '../source-ip.ts';

/**
 * An event of format 1.0 as an HTTP API sends it: other than a REST API's it has a version, names of headers in
 * small letters, no resource id and no null for the authorizer. Unverified: the stage within `path`, `$default` as
 * the resource of that route, and base64 by the content types of format 2.0.
 */
export function buildEventV1(input: HttpApiEventInput): APIGatewayProxyEvent & { readonly version: '1.0' } {
  const { exchange, stage, body } = input;
  const { request } = exchange;
  const headers = readEventHeaders(request, body?.length ?? 0, exchange.ids);
  const query = readEventQuery(exchange.query);
  const httpMethod = request.method ?? 'GET';
  return {
    version: '1.0',
    resource: resourceOf(input),
    path: decodePath(exchange.path),
    httpMethod,
    headers: toRecord(headers, lastOf),
    multiValueHeaders: toRecord(headers, (values) => [...values]),
    queryStringParameters: query === null ? null : toRecord(query, lastOf),
    multiValueQueryStringParameters: query === null ? null : toRecord(query, (values) => [...values]),
    requestContext: requestContextOf(input, httpMethod),
    pathParameters: input.pathParameters,
    stageVariables: stage.variables,
    ...(body === null
      ? { body: null, isBase64Encoded: false }
      : readEventBody(body, request.headers['content-type'])),
  };
}

function requestContextOf(
  input: HttpApiEventInput,
  httpMethod: string,
): APIGatewayProxyEvent['requestContext'] {
  const { exchange, stage } = input;
  const { request, caller, receivedAtMs } = exchange;
  return {
    accountId: input.accountId,
    apiId: stage.apiId,
    authorizer: { claims: null, scopes: null },
    domainName: request.headers.host ?? '',
    domainPrefix: stage.apiId,
    extendedRequestId: exchange.requestId,
    httpMethod,
    identity: {
      accessKey: caller?.accessKey ?? null,
      accountId: caller?.accountId ?? null,
      caller: caller?.userId ?? null,
      cognitoAuthenticationProvider: null,
      cognitoAuthenticationType: null,
      cognitoIdentityId: null,
      cognitoIdentityPoolId: null,
      principalOrgId: null,
      sourceIp: sourceIpOf(request),
      user: caller?.userId ?? null,
      userAgent: request.headers['user-agent'] ?? '',
      userArn: caller?.userArn ?? null,
    },
    path: decodePath(exchange.path),
    protocol: `HTTP/${request.httpVersion}`,
    requestId: exchange.requestId,
    requestTime: formatRequestTime(receivedAtMs),
    requestTimeEpoch: receivedAtMs,
    resourceId: null,
    resourcePath: resourceOf(input),
    stage: stage.stageName,
    // The type is a REST API's, which has a resource id and more of an identity.
  } as unknown as APIGatewayProxyEvent['requestContext'];
}

/** `GET /pets/{id}` → `/pets/{id}`; `$default` has no path. */
function resourceOf({ route: { routeKey } }: HttpApiEventInput): string {
  return routeKey.slice(routeKey.indexOf(' ') + 1);
}

function lastOf(values: readonly string[]): string {
  return values.at(-1) ?? '';
}
