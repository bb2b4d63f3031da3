import { Stack } from 'aws-cdk-lib';
import {
  CfnIntegration,
  CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpIamAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acceptGatewayFindings } from './accepted-gateway-findings.ts';
import { httpLine } from './access-log-lines.ts';
import { batchLimits } from './batch-limits.ts';
import type { ApiMetrics, IngestApi, IngestApiProps } from './ingest-api.ts';

const AUTHORIZERS = { iam: () => new HttpIamAuthorizer(), none: () => new HttpNoneAuthorizer() };
const ROUTES = { entry: '/', batch: '/batch' };

/** The HTTP API: a third of the price (F70, F71), throttles by route, and nothing else in front of the function (F6). */
export class IngestHttpApi extends Construct implements IngestApi {
  readonly url: string;
  readonly idOutput: { readonly HttpApiId: string };
  readonly stageName = '$default';
  readonly stageArn: string;
  readonly metrics: ApiMetrics;

  constructor(scope: Construct, id: string, props: IngestApiProps) {
    super(scope, id);
    const { region, urlSuffix, stackName, partition } = Stack.of(this);
    const api = new HttpApi(this, 'HttpApi', { apiName: stackName, createDefaultStage: false });
    const integration = new HttpLambdaIntegration('Function', props.handler);
    const authorizer = AUTHORIZERS[props.auth]();
    const routes = Object.values(ROUTES).flatMap((path) =>
      api.addRoutes({ path, methods: [HttpMethod.POST], integration, authorizer }),
    );
    const stage = this.createStage(api, props);
    // A setting for a route that is not there yet is refused.
    stage.node.addDependency(...routes);
    permitBeforeIntegration(api);

    acceptGatewayFindings(api, props.auth);

    this.url = `https://${api.apiId}.execute-api.${region}.${urlSuffix}`;
    this.idOutput = { HttpApiId: api.apiId };
    this.stageArn = `arn:${partition}:apigateway:${region}::/apis/${api.apiId}/stages/${stage.ref}`;
    this.metrics = {
      namespace: 'AWS/ApiGateway',
      dimensions: { ApiId: api.apiId, Stage: this.stageName },
      names: { requests: 'Count', latency: 'Latency', serverErrors: '5xx' },
    };
  }

  /** The CDK's own construct for a stage has no settings of routes. */
  private createStage({ apiId }: HttpApi, { accessLog, limits, batchShare }: IngestApiProps): CfnStage {
    const batch = batchLimits(limits, batchShare);
    return new CfnStage(this, 'Stage', {
      apiId,
      stageName: this.stageName,
      autoDeploy: true,
      accessLogSettings: { destinationArn: accessLog.logGroup.logGroupArn, format: httpLine.toString() },
      // A bucket for each route.
      defaultRouteSettings: {
        throttlingRateLimit: limits.rateLimit,
        throttlingBurstLimit: limits.burstLimit,
      },
      routeSettings: {
        [`POST ${ROUTES.batch}`]: {
          ThrottlingRateLimit: batch.rateLimit,
          ThrottlingBurstLimit: batch.burstLimit,
        },
      },
    });
  }
}

/** A change of an integration takes effect at once (`autoDeploy`): what it calls has to be permitted before. */
function permitBeforeIntegration(api: HttpApi): void {
  const parts = api.node.findAll();
  const permissions = parts.filter((construct) => construct instanceof CfnPermission);
  for (const integration of parts.filter((construct) => construct instanceof CfnIntegration)) {
    integration.node.addDependency(...permissions);
  }
}
