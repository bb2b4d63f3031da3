import type { IncomingMessage } from 'node:http';
import type { APIGatewayEventRequestContextIAMAuthorizer, APIGatewayProxyEventV2 } from 'aws-lambda';
import type { Caller } from '../authorize/authorize-request.ts';
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

/** An event of format 2.0. What the request does not have is left out, not null. */
export function buildEventV2(input: HttpApiEventInput): APIGatewayProxyEventV2 {
  const { exchange, stage, route, body } = input;
  const { request, caller, receivedAtMs } = exchange;
  const query = readEventQuery(exchange.query);
  const { cookie, ...headers } = toRecord(
    readEventHeaders(request, body?.length ?? 0, exchange.ids),
    (values) => values.join(','),
  );
  const path = decodePath(exchange.path);
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath: path,
    rawQueryString: exchange.query,
    // They move here from the headers.
    ...(cookie === undefined ? {} : { cookies: readCookies(request) }),
    headers,
    ...(query === null ? {} : { queryStringParameters: toRecord(query, (values) => values.join(',')) }),
    requestContext: {
      accountId: input.accountId,
      apiId: stage.apiId,
      ...(caller === null ? {} : { authorizer: iamAuthorizer(caller) }),
      domainName: request.headers.host ?? '',
      domainPrefix: stage.apiId,
      http: {
        method: request.method ?? 'GET',
        path,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: sourceIpOf(request),
        userAgent: request.headers['user-agent'] ?? '',
      },
      requestId: exchange.requestId,
      routeKey: route.routeKey,
      stage: stage.stageName,
      time: formatRequestTime(receivedAtMs),
      timeEpoch: receivedAtMs,
    },
    ...(input.pathParameters === null ? {} : { pathParameters: { ...input.pathParameters } }),
    ...(stage.variables === null ? {} : { stageVariables: { ...stage.variables } }),
    ...(body === null ? { isBase64Encoded: false } : readEventBody(body, request.headers['content-type'])),
  };
}

/** Node joins several cookie headers as one, which is what splits here. */
function readCookies(request: IncomingMessage): string[] {
  return (request.headers.cookie ?? '').split(/;\s*/).filter((cookie) => cookie !== '');
}

function iamAuthorizer(caller: Caller): APIGatewayEventRequestContextIAMAuthorizer {
  const { accessKey, accountId, userArn, userId } = caller;
  const iam = { accessKey, accountId, callerId: userId, cognitoIdentity: null, userArn, userId };
  // Null where the account is in no organization, whatever the type says.
  return { iam: { ...iam, principalOrgId: null as unknown as string } };
}
