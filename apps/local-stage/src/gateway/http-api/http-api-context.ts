import type { ContextVariables } from '../access-log/context-variables.ts';
import type { HttpApiExchange, HttpApiOutcome } from './http-api-exchange.ts';
import { HTTP_API_REFUSALS, type HttpApiRefusal } from './http-api-refusal.ts';
import { formatRequestTime } from '../request-time.ts';
import { sourceIpOf } from '../source-ip.ts';

type Value = string | number | null | undefined;

/** Where an HTTP API has the name that a REST API's gateway response has is unverified. */
const RESPONSE_TYPES: Partial<Readonly<Record<HttpApiRefusal, string>>> = {
  forbidden: 'ACCESS_DENIED',
  throttled: 'THROTTLED',
  'body-too-large': 'REQUEST_TOO_LARGE',
  'payload-too-large': 'REQUEST_TOO_LARGE',
  'function-throttled': 'INTEGRATION_FAILURE',
  'function-failed': 'INTEGRATION_FAILURE',
  'malformed-response': 'INTEGRATION_FAILURE',
  'integration-timeout': 'INTEGRATION_TIMEOUT',
};

/** What an HTTP API's access log can name, as AWS documents it; a name that is not here has no value. */
const VARIABLES: Readonly<Record<string, (exchange: HttpApiExchange, outcome: HttpApiOutcome) => Value>> = {
  apiId: ({ stage }) => stage?.model.apiId,
  awsEndpointRequestId: lambdaRequestId,
  dataProcessed: ({ requestBodyBytes }, { responseBodyBytes }) => requestBodyBytes + responseBodyBytes,
  domainName: ({ request }) => request.headers.host,
  domainPrefix: ({ stage }) => stage?.model.apiId,
  'error.message': refusalMessage,
  'error.messageString': (exchange) => {
    const message = refusalMessage(exchange);
    return message === null ? null : JSON.stringify(message);
  },
  'error.responseType': ({ refusal }) => (refusal === null ? null : RESPONSE_TYPES[refusal]),
  extendedRequestId: ({ requestId }) => requestId,
  httpMethod: ({ request }) => request.method,
  'identity.accountId': ({ caller }) => caller?.accountId,
  'identity.caller': ({ caller }) => caller?.userId,
  'identity.sourceIp': ({ request }) => sourceIpOf(request),
  'identity.user': ({ caller }) => caller?.userId,
  'identity.userAgent': ({ request }) => request.headers['user-agent'],
  'identity.userArn': ({ caller }) => caller?.userArn,
  'integration.error': ({ integrationErrorMessage }) => integrationErrorMessage,
  'integration.integrationStatus': ({ lambdaStatus }) => lambdaStatus,
  'integration.latency': integrationLatency,
  'integration.requestId': lambdaRequestId,
  'integration.status': ({ functionStatus }) => functionStatus,
  integrationErrorMessage: ({ integrationErrorMessage }) => integrationErrorMessage,
  integrationLatency,
  integrationStatus: ({ lambdaStatus }) => lambdaStatus,
  path: ({ path }) => path,
  protocol: ({ request }) => `HTTP/${request.httpVersion}`,
  requestId: ({ requestId }) => requestId,
  requestTime: ({ receivedAtMs }) => formatRequestTime(receivedAtMs),
  requestTimeEpoch: ({ receivedAtMs }) => receivedAtMs,
  responseLatency: (_, { latencyMs }) => Math.round(latencyMs),
  responseLength: (_, { responseBodyBytes }) => responseBodyBytes,
  routeKey: ({ route }) => route?.model.routeKey,
  stage: ({ stage }) => stage?.model.stageName,
  status: (_, { statusCode }) => statusCode,
};

/** `$context` of one request to an HTTP API, once it is answered. */
export function httpApiContext(
  exchange: HttpApiExchange,
  outcome: HttpApiOutcome,
  accountId: string,
): ContextVariables {
  return (name) => {
    if (name === 'accountId') return accountId;
    return Object.hasOwn(VARIABLES, name) ? VARIABLES[name]?.(exchange, outcome) : null;
  };
}

function refusalMessage({ refusal }: HttpApiExchange): string | null {
  if (refusal === null) return null;
  const text = String(HTTP_API_REFUSALS[refusal].body);
  return refusal === 'body-too-large' ? text : (JSON.parse(text) as { message: string }).message;
}

function integrationLatency({ integrationLatencyMs }: HttpApiExchange): number | null {
  return integrationLatencyMs === null ? null : Math.round(integrationLatencyMs);
}

/** Only where Lambda was asked. */
function lambdaRequestId({ ids, lambdaStatus }: HttpApiExchange): string | null {
  return lambdaStatus === null ? null : ids.requestId;
}
