import type { ContextVariables } from '../access-log/context-variables.ts';
import type { Exchange } from './exchange.ts';
import { formatRequestTime } from '../request-time.ts';
import { sourceIpOf } from '../source-ip.ts';

/** What went back to the client. */
export interface Outcome {
  /** Null when the client left before it was answered. */
  readonly statusCode: number | null;
  readonly bodyBytes: number;
  readonly latencyMs: number;
}

type Value = string | number | null | undefined;

/**
 * What a REST API's access log, templates and mappings can name, as AWS documents it; a name that is not here has
 * no value. AWS's authorizers, WAF and custom domains are not played, so theirs have none.
 */
const VARIABLES: Readonly<Record<string, (exchange: Exchange, outcome: Outcome | null) => Value>> = {
  apiId: ({ stage }) => stage?.model.apiId,
  awsEndpointRequestId: lambdaRequestId,
  deploymentId: ({ stage }) => stage?.model.deploymentId,
  domainName: ({ request }) => request.headers.host,
  domainPrefix: ({ stage }) => stage?.model.apiId,
  'error.message': ({ failure }) => failure?.message,
  'error.messageString': ({ failure }) => failure && JSON.stringify(failure.message),
  'error.responseType': ({ failure }) => failure?.responseType,
  'error.validationErrorString': ({ failure }) => failure?.validationErrors,
  extendedRequestId: ({ ids }) => ids.extendedRequestId,
  httpMethod: ({ request }) => request.method,
  'identity.accessKey': ({ caller }) => caller?.accessKey,
  'identity.accountId': ({ caller }) => caller?.accountId,
  'identity.apiKey': ({ apiKey }) => apiKey?.value,
  'identity.apiKeyId': ({ apiKey }) => apiKey?.keyId,
  'identity.caller': ({ caller }) => caller?.userId,
  'identity.sourceIp': ({ request }) => sourceIpOf(request),
  'identity.user': ({ caller }) => caller?.userId,
  'identity.userAgent': ({ request }) => request.headers['user-agent'],
  'identity.userArn': ({ caller }) => caller?.userArn,
  'integration.error': ({ integrationError }) => integrationError,
  'integration.integrationStatus': ({ lambdaStatus }) => lambdaStatus,
  'integration.latency': integrationLatency,
  'integration.requestId': lambdaRequestId,
  'integration.status': ({ functionStatus }) => functionStatus,
  integrationErrorMessage: ({ integrationError }) => integrationError,
  integrationLatency,
  integrationStatus: ({ lambdaStatus }) => lambdaStatus,
  path: ({ stageName, path }) => `/${stageName}${path}`,
  protocol: ({ request }) => `HTTP/${request.httpVersion}`,
  requestId: ({ ids }) => ids.requestId,
  requestTime: ({ receivedAtMs }) => formatRequestTime(receivedAtMs),
  requestTimeEpoch: ({ receivedAtMs }) => receivedAtMs,
  resourceId: ({ match }) => match?.target.method.resourceId,
  resourcePath: ({ match }) => match?.target.method.resourcePath,
  responseLatency: (_, outcome) => outcome && Math.round(outcome.latencyMs),
  responseLength: (_, outcome) => outcome?.bodyBytes,
  stage: ({ stage }) => stage?.model.stageName,
  status: (_, outcome) => outcome?.statusCode,
  xrayTraceId: ({ ids }) => ids.traceHeader.replace('Root=', ''),
};

/** Every name that can have a value. */
export const REST_CONTEXT_NAMES: readonly string[] = ['accountId', ...Object.keys(VARIABLES)];

/**
 * `$context` of one request to a REST API.
 * @param outcome null as long as it is not answered
 */
export function restContext(
  exchange: Exchange,
  outcome: Outcome | null,
  accountId: string,
): ContextVariables {
  return (name) => {
    if (name === 'accountId') return accountId;
    return Object.hasOwn(VARIABLES, name) ? VARIABLES[name]?.(exchange, outcome) : undefined;
  };
}

function integrationLatency({ integrationLatencyMs }: Exchange): number | null {
  return integrationLatencyMs === null ? null : Math.round(integrationLatencyMs);
}

/** Only where Lambda was asked. */
function lambdaRequestId({ ids, lambdaStatus }: Exchange): string | null {
  return lambdaStatus === null ? null : ids.requestId;
}
