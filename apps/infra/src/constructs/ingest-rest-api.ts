import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acceptGatewayFindings } from './accepted-gateway-findings.ts';
import { restLine } from './access-log-lines.ts';
import { batchLimits } from './batch-limits.ts';
import { ClientPlans } from './client-plans.ts';
import { addGatewayResponses } from './gateway-responses.ts';
import type { ApiMetrics, IngestApi, IngestApiProps } from './ingest-api.ts';
import { addRequestModels } from './request-models.ts';

const AUTHORIZATION = { iam: AuthorizationType.IAM, none: AuthorizationType.NONE };

/** The REST API: client plans, validation and answers of its own before anything is invoked. */
export class IngestRestApi extends Construct implements IngestApi {
  readonly url: string;
  readonly idOutput: { readonly RestApiId: string };
  readonly stageName = 'prod';
  readonly stageArn: string;
  readonly metrics: ApiMetrics;

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id);
    const api = this.createApi(props);
    addGatewayResponses(api);
    acceptGatewayFindings(api, props.auth);

    const models = addRequestModels(api);
    // One for the API: a permission for each method would name the stage, and come after it.
    const integration = new LambdaIntegration(props.handler, { scopePermissionToMethod: false });
    const access = {
      authorizationType: AUTHORIZATION[props.auth],
      // A plan binds only where a key is asked for (F5).
      apiKeyRequired: props.clients.length > 0,
    };
    api.root.addMethod('POST', integration, { ...access, ...models.entry });
    const batch = api.root.addResource('batch');
    const batchMethod = batch.addMethod('POST', integration, { ...access, ...models.batch });
    const { clients, batchShare } = props;
    new ClientPlans(this, 'Clients', { clients, api, batchMethod, batchShare });
    permitBeforeDeployment(api);

    const { region, urlSuffix, stackName } = Stack.of(this);
    this.url = `https://${api.restApiId}.execute-api.${region}.${urlSuffix}/${this.stageName}`;
    this.idOutput = { RestApiId: api.restApiId };
    this.stageArn = api.deploymentStage.stageArn;
    this.metrics = {
      namespace: 'AWS/ApiGateway',
      dimensions: { ApiName: stackName, Stage: this.stageName },
      names: {
        requests: 'Count',
        latency: 'Latency',
        serverErrors: '5XXError',
      },
    };
  }

  private createApi({ accessLog, limits, batchShare }: IngestApiProps): RestApi {
    const batch = batchLimits(limits, batchShare);
    const api = new RestApi(this, 'RestApi', {
      restApiName: Stack.of(this).stackName,
      endpointTypes: [EndpointType.REGIONAL],
      // The access log needs the account's CloudWatch role, one setting per account and Region that a fresh account
      // lacks. Every REST stage declares it, with the same rights, and leaves it behind: destroying one must not silence
      // the others.
      cloudWatchRole: true,
      cloudWatchRoleRemovalPolicy: RemovalPolicy.RETAIN,
      deployOptions: {
        stageName: this.stageName,
        tracingEnabled: true,
        accessLogDestination: new LogGroupLogDestination(accessLog.logGroup),
        accessLogFormat: restLine,
        // `/*/*`: a bucket for each method (F4); a method setting without them would mean 10,000 / 5,000 (F7).
        throttlingRateLimit: limits.rateLimit,
        throttlingBurstLimit: limits.burstLimit,
        methodOptions: {
          '/batch/POST': { throttlingRateLimit: batch.rateLimit, throttlingBurstLimit: batch.burstLimit },
        },
      },
    });
    // CDK's own output says what `ApiUrl` says.
    api.node.tryRemoveChild('Endpoint');
    return api;
  }
}

/** Else the stage would call, for seconds, what it may not call yet: a function's new alias answers 500 until then. */
function permitBeforeDeployment(api: RestApi): void {
  const permissions = api.node.findAll().filter((construct) => construct instanceof CfnPermission);
  api.latestDeployment?.node.addDependency(...permissions);
}
