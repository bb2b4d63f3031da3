import type { Limits } from '@spillway/throttle';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { EndpointType, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { AccessLog } from './access-log.ts';

export interface IngestRestApiProps {
  readonly handler: IFunction;
  readonly limits: Pick<Limits, 'rateLimit' | 'burstLimit'>;
  readonly accessLog: AccessLog;
}

/** `POST /` of API stage `prod`, passed on to the function as it is. */
export class IngestRestApi extends Construct {
  readonly restApi: RestApi;
  /** `https://<api>.execute-api.<Region>.<suffix>/prod`, without a slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: IngestRestApiProps) {
    super(scope, id);
    const { region, urlSuffix, stackName } = Stack.of(this);
    this.restApi = new RestApi(this, 'RestApi', {
      restApiName: stackName,
      endpointTypes: [EndpointType.REGIONAL],
      // The access log needs the account's CloudWatch role, one setting per account and Region that a fresh account
      // lacks. Every stage declares it, with the same rights, and leaves it behind: destroying one must not silence
      // the others.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: 'prod',
        tracingEnabled: true,
        accessLogDestination: props.accessLog.destination,
        accessLogFormat: props.accessLog.format,
        // `/*/*`: a bucket for each method (F4); a method setting without them would mean 10,000 / 5,000 (F7).
        throttlingRateLimit: props.limits.rateLimit,
        throttlingBurstLimit: props.limits.burstLimit,
      },
    });
    // CDK's own output says what `ApiUrl` says.
    this.restApi.node.tryRemoveChild('Endpoint');
    this.restApi.root.addMethod('POST', new LambdaIntegration(props.handler, { allowTestInvoke: false }));
    const stage = this.restApi.deploymentStage.stageName;
    this.url = `https://${this.restApi.restApiId}.execute-api.${region}.${urlSuffix}/${stage}`;
  }
}
