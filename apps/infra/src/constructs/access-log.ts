import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigateway';
import type { IAccessLogDestination } from 'aws-cdk-lib/aws-apigateway';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * One JSON line a request. `status` with `responseType` is the only way to count throttles: no CloudWatch metric
 * tells a 429 from another 4xx (F22).
 */
const LINE = {
  requestId: AccessLogField.contextRequestId(),
  extendedRequestId: AccessLogField.contextExtendedRequestId(),
  requestTime: AccessLogField.contextRequestTimeEpoch(),
  sourceIp: AccessLogField.contextIdentitySourceIp(),
  httpMethod: AccessLogField.contextHttpMethod(),
  resourcePath: AccessLogField.contextResourcePath(),
  status: AccessLogField.contextStatus(),
  responseType: AccessLogField.contextErrorResponseType(),
  responseLength: AccessLogField.contextResponseLength(),
  latencyMs: AccessLogField.contextResponseLatency(),
  integrationLatencyMs: AccessLogField.contextIntegrationLatency(),
  integrationStatus: AccessLogField.contextIntegrationStatus(),
  integrationRequestId: AccessLogField.contextAwsEndpointRequestId(),
  xrayTraceId: AccessLogField.contextXrayTraceId(),
};

export interface AccessLogProps {
  readonly retention: RetentionDays;
}

/** Where the gateway writes who asked for what, and what came of it. */
export class AccessLog extends Construct {
  readonly destination: IAccessLogDestination;
  readonly format = AccessLogFormat.custom(JSON.stringify(LINE));

  constructor(scope: Construct, id: string, props: AccessLogProps) {
    super(scope, id);
    this.destination = new LogGroupLogDestination(
      new LogGroup(this, 'Log', { retention: props.retention, removalPolicy: RemovalPolicy.DESTROY }),
    );
  }
}
