import type { TokenBucket } from '@spillway/throttle';
import type { HttpRouteModel } from '../../template/http-api/http-route-model.ts';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';
import type { AccessLogSink } from '../access-log/access-log.ts';
import { HttpRoutes } from './http-api-routes.ts';
import { HttpStageThrottle } from './http-api-throttle.ts';
import type { Integration } from '../integration.ts';

/** Everything a request to one route needs, looked up once at start. */
export interface HttpApiRoute {
  readonly model: HttpRouteModel;
  readonly bucket: TokenBucket;
  /** Null where the integration or the authorizer is not played. */
  readonly integration: Integration | null;
  /** Of the route's own metrics, where they are switched on (F61). */
  readonly dimensions: readonly MetricDimensions[];
}

/** Of AWS/ApiGateway's metrics. */
export type MetricDimensions = Readonly<Record<string, string>>;

/** One stage of an HTTP API, ready to serve. */
export interface ServedHttpStage {
  readonly model: HttpStageModel;
  readonly throttle: HttpStageThrottle;
  readonly routes: HttpRoutes<HttpApiRoute>;
  /** Null where the stage has no access log, or there is no folder for it. */
  readonly accessLog: AccessLogSink | null;
  readonly dimensions: MetricDimensions;
}

/**
 * Lays out a stage's routes.
 * @param integrations by function name
 * @param openLog gives the sink of a log group
 */
export function prepareHttpStage(
  model: HttpStageModel,
  integrations: ReadonlyMap<string, Integration>,
  openLog: (logGroupName: string) => AccessLogSink | null,
  nowMs: number,
): ServedHttpStage {
  const throttle = new HttpStageThrottle(model, nowMs);
  const dimensions = { ApiId: model.apiId, Stage: model.stageName };
  const routes = model.routes.map((route): [string, HttpApiRoute] => [
    route.routeKey,
    {
      model: route,
      bucket: throttle.bucketOf(route.routeKey),
      integration: integrations.get(route.functionName ?? '') ?? null,
      dimensions: routeDimensions(dimensions, route.routeKey),
    },
  ]);
  return {
    model,
    throttle,
    routes: new HttpRoutes(new Map(routes)),
    accessLog: model.accessLog === null ? null : openLog(model.accessLog.logGroupName),
    dimensions,
  };
}

/** F61 has `Route`; AWS's newer documentation has `Method` and `Resource` in its place, so both are kept. */
function routeDimensions(stage: MetricDimensions, routeKey: string): readonly MetricDimensions[] {
  const [method, resource] = routeKey.split(' ');
  const newer =
    method === undefined || resource === undefined ? [] : [{ ...stage, Method: method, Resource: resource }];
  return [{ ...stage, Route: routeKey }, ...newer];
}
