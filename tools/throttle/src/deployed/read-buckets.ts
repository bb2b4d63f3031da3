import { APIGatewayClient, GetStageCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, GetStageCommand as GetHttpStageCommand } from '@aws-sdk/client-apigatewayv2';
import { bucket, EVERY_ROUTE, routeName, type RouteBuckets } from './stage-template.ts';

/** A stage of a REST or an HTTP API, as its stack's outputs name it. */
export type ApiStage = { readonly ApiStageName: string } & (
  { readonly RestApiId: string } | { readonly HttpApiId: string }
);

/** What the gateway enforces now, by route. @param config of an SDK client */
export function readBuckets(config: object, api: ApiStage): Promise<RouteBuckets> {
  return 'RestApiId' in api
    ? readRestBuckets(config, api.RestApiId, api.ApiStageName)
    : readHttpBuckets(config, api.HttpApiId, api.ApiStageName);
}

async function readRestBuckets(config: object, restApiId: string, stageName: string): Promise<RouteBuckets> {
  const { methodSettings } = await new APIGatewayClient(config).send(
    new GetStageCommand({ restApiId, stageName }),
  );
  return new Map(
    Object.entries(methodSettings ?? {}).map(([key, setting]) => {
      const [path = '', method = ''] = key.split('/');
      return [
        routeName(path, method),
        bucket(setting.throttlingRateLimit, setting.throttlingBurstLimit),
      ] as const;
    }),
  );
}

async function readHttpBuckets(config: object, ApiId: string, StageName: string): Promise<RouteBuckets> {
  const { DefaultRouteSettings, RouteSettings } = await new ApiGatewayV2Client(config).send(
    new GetHttpStageCommand({ ApiId, StageName }),
  );
  return new Map(
    Object.entries({ [EVERY_ROUTE]: DefaultRouteSettings ?? {}, ...RouteSettings }).map(
      ([route, setting]) => [route, bucket(setting.ThrottlingRateLimit, setting.ThrottlingBurstLimit)],
    ),
  );
}
