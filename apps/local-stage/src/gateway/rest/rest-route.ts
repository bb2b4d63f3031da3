import type { TokenBucket } from '@spillway/throttle';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { RestStageModel } from '../../template/rest/rest-stage-model.ts';
import type { AccessLogSink } from '../access-log/access-log.ts';
import { StageThrottle } from './admit-request.ts';
import { CustomGatewayResponses } from './custom-gateway-responses.ts';
import type { Integration } from '../integration.ts';
import { prepareMock, type MockIntegration } from './mock-integration.ts';
import { RouteTable } from './route-request.ts';
import type { PlanClients, UsagePlans } from './usage-plans.ts';
import { prepareValidation, type ValidateRequest } from './validate-request.ts';

/** Everything a request to one method needs, looked up once at start. */
export interface RestRoute {
  readonly method: RestMethodModel;
  readonly bucket: TokenBucket;
  /** Who may call it; null where no API key is asked for, and no usage plan binds (F5). */
  readonly clients: PlanClients | null;
  readonly validate: ValidateRequest | null;
  /** Null where the integration is not played, or is a mock. */
  readonly integration: Integration | null;
  readonly mock: MockIntegration | null;
  /** Of the method's own metrics; null where they are not switched on (F60). */
  readonly dimensions: Readonly<Record<string, string>> | null;
}

/** One stage, ready to serve. */
export interface ServedStage {
  readonly model: RestStageModel;
  readonly throttle: StageThrottle;
  readonly routes: RouteTable<RestRoute>;
  /** Null where the template changes none. */
  readonly gatewayResponses: CustomGatewayResponses | null;
  /** Null where the stage has no access log, or there is no folder for it. */
  readonly accessLog: AccessLogSink | null;
  /** Of AWS/ApiGateway's metrics (F60). */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** What the stages of a stack share. */
export interface StageSurroundings {
  /** By function name. */
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly usagePlans: UsagePlans;
  /** Gives the sink of a log group. */
  readonly openLog: (logGroupName: string) => AccessLogSink | null;
}

/** Lays out a stage's routes. */
export function prepareStage(
  model: RestStageModel,
  { integrations, usagePlans, openLog }: StageSurroundings,
  nowMs: number,
): ServedStage {
  const throttle = new StageThrottle(model, nowMs);
  const routes = new RouteTable<RestRoute>();
  const dimensions = { ApiName: model.apiName, Stage: model.stageName };
  for (const method of model.methods) {
    routes.add(method.httpMethod, method.resourcePath, {
      method,
      bucket: throttle.bucketOf(method),
      clients: method.isApiKeyRequired
        ? usagePlans.clientsOf(model.apiId, model.stageName, method, nowMs)
        : null,
      validate: method.validation && prepareValidation(method.validation),
      integration: integrations.get(method.functionName ?? '') ?? null,
      mock: method.mock && prepareMock(method.mock),
      dimensions: isDetailed(model, method)
        ? { ...dimensions, Resource: method.resourcePath, Method: method.httpMethod }
        : null,
    });
  }
  return {
    model,
    throttle,
    routes,
    gatewayResponses:
      model.gatewayResponses.length === 0 ? null : new CustomGatewayResponses(model.gatewayResponses),
    accessLog: model.accessLog && openLog(model.accessLog.logGroupName),
    dimensions,
  };
}

/** A method whose setting says nothing of metrics has the stage's default, which is unverified. */
function isDetailed({ methodSettings }: RestStageModel, method: RestMethodModel): boolean {
  const settingOf = (resourcePath: string, httpMethod: string): boolean | undefined =>
    methodSettings.find((s) => s.resourcePath === resourcePath && s.httpMethod === httpMethod)
      ?.detailedMetrics;
  return settingOf(method.resourcePath, method.httpMethod) ?? settingOf('*', '*') ?? false;
}
