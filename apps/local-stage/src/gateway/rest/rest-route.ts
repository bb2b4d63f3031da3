import type { TokenBucket } from '@spillway/throttle';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { RestStageModel } from '../../template/rest/rest-stage-model.ts';
import type { MetricsRecorder } from '../../control/metrics-recorder.ts';
import type { AccessLogSink } from '../access-log/access-log.ts';
import { CustomGatewayResponses } from './custom-gateway-responses.ts';
import type { Integration } from '../integration.ts';
import { RequestMetrics, type MetricDimensions, type RequestMetricNames } from '../request-metrics.ts';
import { RouteTable } from '../route-table.ts';
import { prepareMock, type MockIntegration } from './mock-integration.ts';
import { StageThrottle } from './stage-throttle.ts';
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
  /** The method's own; null where they are not switched on (F60). */
  readonly metrics: RequestMetrics | null;
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
  readonly metrics: RequestMetrics;
}

/** What the stages of a stack share. */
export interface StageSurroundings {
  /** By function name. */
  readonly integrations: ReadonlyMap<string, Integration>;
  readonly usagePlans: UsagePlans;
  /** Gives the sink of a log group. */
  readonly openLog: (logGroupName: string) => AccessLogSink | null;
  readonly recorder: MetricsRecorder;
}

/** F60. */
const METRIC_NAMES: RequestMetricNames = {
  clientErrors: '4XXError',
  serverErrors: '5XXError',
  dataProcessed: null,
};

/**
 * Lays out a stage's routes.
 * @param before the throttle of the same stage as it was declared so far, which goes on
 */
export function prepareStage(
  model: RestStageModel,
  { integrations, usagePlans, openLog, recorder }: StageSurroundings,
  nowMs: number,
  before?: StageThrottle,
): ServedStage {
  const throttle = new StageThrottle(model, nowMs, before);
  const routes = new RouteTable<RestRoute>();
  const dimensions = { ApiName: model.apiName, Stage: model.stageName };
  const metricsOf = (own: MetricDimensions): RequestMetrics =>
    new RequestMetrics(recorder, { ...dimensions, ...own }, METRIC_NAMES);
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
      metrics: isDetailed(model, method)
        ? metricsOf({ Resource: method.resourcePath, Method: method.httpMethod })
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
    metrics: metricsOf({}),
  };
}

/** A method whose setting says nothing of metrics has the stage's default, which is unverified. */
function isDetailed({ methodSettings }: RestStageModel, method: RestMethodModel): boolean {
  const settingOf = (resourcePath: string, httpMethod: string): boolean | undefined =>
    methodSettings.find((s) => s.resourcePath === resourcePath && s.httpMethod === httpMethod)
      ?.detailedMetrics;
  return settingOf(method.resourcePath, method.httpMethod) ?? settingOf('*', '*') ?? false;
}
