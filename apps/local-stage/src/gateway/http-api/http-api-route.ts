import type { TokenBucket } from '@spillway/throttle';
import type { HttpRouteModel } from '../../template/http-api/http-route-model.ts';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';
import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import type { AccessLogSink } from '../access-log/access-log.ts';
import { HttpRoutes } from './http-api-routes.ts';
import { HttpStageThrottle } from './http-api-throttle.ts';
import type { Integration } from '../integration.ts';
import { RequestMetrics, type MetricDimensions, type RequestMetricNames } from '../request-metrics.ts';

/** Everything a request to one route needs, looked up once at start. */
export interface HttpApiRoute {
  readonly model: HttpRouteModel;
  readonly bucket: TokenBucket;
  /** Null where the integration or the authorizer is not played. */
  readonly integration: Integration | null;
  /** The route's own, for where they are switched on (F61). */
  readonly metrics: readonly RequestMetrics[];
}

/** One stage of an HTTP API, ready to serve. */
export interface ServedHttpStage {
  readonly model: HttpStageModel;
  readonly throttle: HttpStageThrottle;
  readonly routes: HttpRoutes<HttpApiRoute>;
  /** Null where the stage has no access log, or there is no folder for it. */
  readonly accessLog: AccessLogSink | null;
  readonly metrics: RequestMetrics;
}

/** What the stages of a stack share. */
export interface HttpStageSurroundings {
  /** By function name. */
  readonly integrations: ReadonlyMap<string, Integration>;
  /** Gives the sink of a log group. */
  readonly openLog: (logGroupName: string) => AccessLogSink | null;
  readonly recorder: MetricsRecorder;
}

/** F61. */
const METRIC_NAMES: RequestMetricNames = {
  clientErrors: '4xx',
  serverErrors: '5xx',
  dataProcessed: 'DataProcessed',
};

/**
 * Lays out a stage's routes.
 * @param before the throttle of the same stage as it was declared so far, which goes on
 */
export function prepareHttpStage(
  model: HttpStageModel,
  { integrations, openLog, recorder }: HttpStageSurroundings,
  nowMs: number,
  before?: HttpStageThrottle,
): ServedHttpStage {
  const throttle = new HttpStageThrottle(model, nowMs, before);
  const dimensions = { ApiId: model.apiId, Stage: model.stageName };
  const metricsOf = (of: MetricDimensions): RequestMetrics => new RequestMetrics(recorder, of, METRIC_NAMES);
  const routes = model.routes.map((route): [string, HttpApiRoute] => [
    route.routeKey,
    {
      model: route,
      bucket: throttle.bucketOf(route.routeKey),
      integration: integrations.get(route.functionName ?? '') ?? null,
      metrics: routeDimensions(dimensions, route.routeKey).map(metricsOf),
    },
  ]);
  return {
    model,
    throttle,
    routes: new HttpRoutes(new Map(routes)),
    accessLog: model.accessLog === null ? null : openLog(model.accessLog.logGroupName),
    metrics: metricsOf(dimensions),
  };
}

/** F61 has `Route`; AWS's newer documentation has `Method` and `Resource` in its place, so both are kept. */
function routeDimensions(stage: MetricDimensions, routeKey: string): readonly MetricDimensions[] {
  const [method, resource] = routeKey.split(' ');
  const newer =
    method === undefined || resource === undefined ? [] : [{ ...stage, Method: method, Resource: resource }];
  return [{ ...stage, Route: routeKey }, ...newer];
}
