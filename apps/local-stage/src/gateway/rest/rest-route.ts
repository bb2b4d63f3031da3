import type { TokenBucket } from '@spillway/throttle';
import type { RestMethodModel, RestStageModel } from '../../template/rest/rest-stage-model.ts';
import { StageThrottle } from './admit-request.ts';
import type { Integration } from '../integration.ts';
import { RouteTable } from './route-request.ts';

/** Everything a request to one method needs, looked up once at start. */
export interface RestRoute {
  readonly method: RestMethodModel;
  readonly bucket: TokenBucket;
  /** Null where the integration is not played. */
  readonly integration: Integration | null;
}

/** One stage, ready to serve. */
export interface ServedStage {
  readonly model: RestStageModel;
  readonly throttle: StageThrottle;
  readonly routes: RouteTable<RestRoute>;
  /** Of AWS/ApiGateway's metrics (F60). */
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * Lays out a stage's routes.
 * @param integrations by function name
 */
export function prepareStage(
  model: RestStageModel,
  integrations: ReadonlyMap<string, Integration>,
  nowMs: number,
): ServedStage {
  const throttle = new StageThrottle(model, nowMs);
  const routes = new RouteTable<RestRoute>();
  for (const method of model.methods) {
    routes.add(method.httpMethod, method.resourcePath, {
      method,
      bucket: throttle.bucketOf(method),
      integration: integrations.get(method.functionName ?? '') ?? null,
    });
  }
  return { model, throttle, routes, dimensions: { ApiName: model.apiName, Stage: model.stageName } };
}
