import * as z from 'zod';
import type { SettingTarget } from '../gateway/rest/admit-request.ts';
import type { ServedStage } from '../gateway/rest/rest-route.ts';
import { AwsError } from './aws-error.ts';
import { parseInput } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

const patchSchema = z.looseObject({
  patchOperations: z
    .array(z.looseObject({ op: z.string(), path: z.string(), value: z.string().optional() }))
    .default([]),
});

/** `GET /restapis/{id}/stages/{name}` */
export function getStage(apiId: string, stageName: string, controls: StageControls): unknown {
  return describe(findStage(apiId, stageName, controls), controls);
}

/**
 * `PATCH /restapis/{id}/stages/{name}`: throttle limits, replaced or removed, binding at once. Either every
 * operation is carried out or none.
 * @throws AwsError for any other operation
 */
export function updateStage(
  apiId: string,
  stageName: string,
  input: unknown,
  controls: StageControls,
): unknown {
  const stage = findStage(apiId, stageName, controls);
  const { patchOperations } = parseInput(patchSchema, input, 'BadRequestException');
  const changes = patchOperations.map((operation) => planChange(operation, stage));
  for (const apply of changes) apply(controls.nowMs());
  return describe(stage, controls);
}

type PatchOperation = z.infer<typeof patchSchema>['patchOperations'][number];

function planChange({ op, path, value }: PatchOperation, stage: ServedStage): (nowMs: number) => void {
  const [resource = '', httpMethod = '', group, limit, ...rest] = path.slice(1).split('/');
  const target: SettingTarget = { resourcePath: resource.replaceAll('~1', '/'), httpMethod };
  if (op === 'remove' && httpMethod !== '' && group === undefined) {
    return (nowMs) => stage.throttle.remove(target, nowMs);
  }
  const isLimit = limit === 'rateLimit' || limit === 'burstLimit';
  if (op !== 'replace' || group !== 'throttling' || !isLimit || rest.length > 0) {
    throw new AwsError(
      'BadRequestException',
      `the local stage does not patch ${op} ${path}; it replaces /{resource}/{method}/throttling/rateLimit and burstLimit`,
    );
  }
  const number = Number(value ?? NaN);
  if (!Number.isFinite(number) || (limit === 'burstLimit' && !Number.isInteger(number))) {
    throw new AwsError('BadRequestException', `Invalid value for ${path}: ${value ?? 'none'}, want a number`);
  }
  return (nowMs) => stage.throttle.change(target, { [limit]: number }, nowMs);
}

function describe(stage: ServedStage, { startedAt }: StageControls): unknown {
  const { model, throttle } = stage;
  const methodSettings = throttle.settings().map((setting) => [
    `${setting.resourcePath.replaceAll('/', '~1')}/${setting.httpMethod}`,
    {
      metricsEnabled: true,
      dataTraceEnabled: false,
      cachingEnabled: false,
      throttlingRateLimit: setting.rateLimit,
      throttlingBurstLimit: setting.burstLimit,
    },
  ]);
  return {
    deploymentId: model.deploymentId,
    stageName: model.stageName,
    cacheClusterEnabled: false,
    methodSettings: Object.fromEntries(methodSettings),
    ...(model.variables === null ? {} : { variables: model.variables }),
    tracingEnabled: false,
    createdDate: Math.floor(startedAt.getTime() / 1000),
    lastUpdatedDate: Math.floor(startedAt.getTime() / 1000),
  };
}

function findStage(apiId: string, stageName: string, { restStages }: StageControls): ServedStage {
  const ofApi = restStages.filter(({ model }) => model.apiId === apiId);
  const stage = ofApi.find(({ model }) => model.stageName === stageName);
  if (stage) return stage;
  const what = ofApi.length > 0 ? 'Stage' : 'API';
  throw new AwsError('NotFoundException', `Invalid ${what} identifier specified`, 404);
}
