import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';

/** What both kinds of API can say about a request. */
const COMMON = {
  requestId: AccessLogField.contextRequestId(),
  extendedRequestId: AccessLogField.contextExtendedRequestId(),
  requestTime: AccessLogField.contextRequestTimeEpoch(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  httpMethod: AccessLogField.contextHttpMethod(),
};
const OUTCOME = {
  status: AccessLogField.contextStatus(),
  responseType: AccessLogField.contextErrorResponseType(),
  responseLength: AccessLogField.contextResponseLength(),
  latencyMs: AccessLogField.contextResponseLatency(),
  integrationLatencyMs: AccessLogField.contextIntegrationLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
  integrationRequestId: AccessLogField.contextAwsEndpointRequestId(),
};

/**
 * One JSON line a request. `status` with `responseType` is the only way to count throttles: no CloudWatch metric
 * tells a 429 from another 4xx (F22).
 */
export const restLine = AccessLogFormat.custom(
  JSON.stringify({
    ...COMMON,
    resourcePath: AccessLogField.contextResourcePath(),
    ...OUTCOME,
    // Who it was, where requests are signed or carry a key.
    callerArn: AccessLogField.contextIdentityUserArn(),
    apiKeyId: AccessLogField.contextIdentityApiKeyId(),
    xrayTraceId: AccessLogField.contextXrayTraceId(),
  }),
);

/** The same line as far as an HTTP API has it: it knows routes instead of resources, and neither keys nor traces (F6). */
export const httpLine = AccessLogFormat.custom(
  JSON.stringify({
    ...COMMON,
    // Not the path as it was sent: a client must not write quotes into the line.
    routeKey: AccessLogField.contextRouteKey(),
    ...OUTCOME,
    callerArn: AccessLogField.contextIdentityUserArn(),
  }),
);
