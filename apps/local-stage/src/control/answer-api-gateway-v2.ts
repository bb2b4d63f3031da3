import * as z from 'zod';
import type { ServedHttpStage } from '../gateway/http-api/http-api-route.ts';
import type { RouteSettingModel } from '../template/http-api/http-stage-model.ts';
import { partitionOf } from '../template/intrinsics/partition.ts';
import { AwsError } from './aws-error.ts';
import { parseInput } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

const routeSettingSchema = z.strictObject({
  throttlingRateLimit: z.number().nonnegative().optional(),
  throttlingBurstLimit: z.number().int().nonnegative().optional(),
  detailedMetricsEnabled: z.boolean().optional(),
});

const updateSchema = z.strictObject({
  defaultRouteSettings: routeSettingSchema.optional(),
  routeSettings: z.record(z.string(), routeSettingSchema).optional(),
});

/** `GET /v2/apis/{id}` */
export function getHttpApi(apiId: string, { httpStages, model, startedAt }: StageControls): unknown {
  const stage = httpStages.find((candidate) => candidate.model.apiId === apiId);
  if (!stage) throw new AwsError('NotFoundException', `Invalid API identifier specified ${apiId}`, 404);
  const { cors } = stage.model;
  return {
    apiEndpoint: `https://${apiId}.execute-api.${model.region}.${partitionOf(model.region).urlSuffix}`,
    apiId,
    apiKeySelectionExpression: '$request.header.x-api-key',
    createdDate: startedAt.toISOString(),
    disableExecuteApiEndpoint: false,
    name: stage.model.apiName,
    protocolType: 'HTTP',
    routeSelectionExpression: '${request.method} ${request.path}',
    ...(cors === null ? {} : { corsConfiguration: describeCors(cors) }),
  };
}

/** `GET /v2/apis/{id}/stages/{name}` */
export function getHttpStage(apiId: string, stageName: string, controls: StageControls): unknown {
  return describe(findStage(apiId, stageName, controls), controls);
}

/**
 * `PATCH /v2/apis/{id}/stages/{name}`: throttle limits and detailed metrics of the default and of single routes,
 * binding at once. What the request leaves out stays as it is; whether AWS merges within a setting is unverified.
 * @throws AwsError for anything else that a stage has
 */
export function updateHttpStage(
  apiId: string,
  stageName: string,
  input: unknown,
  controls: StageControls,
): unknown {
  const stage = findStage(apiId, stageName, controls);
  const change = parseInput(updateSchema, input, 'BadRequestException');
  const routeSettings = Object.entries(change.routeSettings ?? {});
  for (const [routeKey] of routeSettings) requireRoute(stage, routeKey);
  const nowMs = controls.nowMs();
  if (change.defaultRouteSettings)
    stage.throttle.changeDefault(readSetting(change.defaultRouteSettings), nowMs);
  for (const [routeKey, setting] of routeSettings) {
    stage.throttle.changeRoute(routeKey, readSetting(setting), nowMs);
  }
  return describe(stage, controls);
}

/**
 * `DELETE /v2/apis/{id}/stages/{name}/routesettings/{key}`: the stage's default binds the route again.
 * @returns null, which is answered 204
 */
export function deleteRouteSettings(
  apiId: string,
  stageName: string,
  routeKey: string,
  controls: StageControls,
): null {
  const stage = findStage(apiId, stageName, controls);
  if (!stage.throttle.removeRoute(routeKey, controls.nowMs())) {
    throw new AwsError('NotFoundException', `Unable to find route settings by key ${routeKey}`, 404);
  }
  return null;
}

/** AWS has a setting for a route that the API has, and refuses any other; how it words that is unverified. */
function requireRoute(stage: ServedHttpStage, routeKey: string): void {
  if (stage.model.routes.some((route) => route.routeKey === routeKey)) return;
  throw new AwsError(
    'NotFoundException',
    `Unable to find Route by key ${routeKey} within the provided RouteSettings`,
    404,
  );
}

function describe({ model, throttle }: ServedHttpStage, { startedAt }: StageControls): unknown {
  const routeSettings = [...throttle.routeSettings()].map(([key, setting]) => [
    key,
    describeSetting(setting),
  ]);
  return {
    autoDeploy: model.autoDeploy,
    createdDate: startedAt.toISOString(),
    defaultRouteSettings: describeSetting({ detailedMetrics: false, ...throttle.defaultSetting() }),
    ...(model.deploymentId === '' ? {} : { deploymentId: model.deploymentId }),
    lastUpdatedDate: startedAt.toISOString(),
    routeSettings: Object.fromEntries(routeSettings),
    stageName: model.stageName,
    stageVariables: model.variables ?? {},
  };
}

function describeSetting({ rateLimit, burstLimit, detailedMetrics }: RouteSettingModel): unknown {
  return {
    throttlingRateLimit: rateLimit,
    throttlingBurstLimit: burstLimit,
    detailedMetricsEnabled: detailedMetrics,
  };
}

function describeCors({ maxAgeSeconds, ...cors }: NonNullable<ServedHttpStage['model']['cors']>): unknown {
  return { ...cors, ...(maxAgeSeconds === null ? {} : { maxAge: maxAgeSeconds }) };
}

function readSetting(setting: z.infer<typeof routeSettingSchema>): RouteSettingModel {
  const { throttlingRateLimit, throttlingBurstLimit, detailedMetricsEnabled } = setting;
  return {
    ...(throttlingRateLimit === undefined ? {} : { rateLimit: throttlingRateLimit }),
    ...(throttlingBurstLimit === undefined ? {} : { burstLimit: throttlingBurstLimit }),
    ...(detailedMetricsEnabled === undefined ? {} : { detailedMetrics: detailedMetricsEnabled }),
  };
}

function findStage(apiId: string, stageName: string, { httpStages }: StageControls): ServedHttpStage {
  const ofApi = httpStages.filter(({ model }) => model.apiId === apiId);
  const stage = ofApi.find(({ model }) => model.stageName === stageName);
  if (stage) return stage;
  const what =
    ofApi.length > 0 ? `Stage identifier specified ${stageName}` : `API identifier specified ${apiId}`;
  throw new AwsError('NotFoundException', `Invalid ${what}`, 404);
}
