import * as z from 'zod';
import type { SettingTarget } from '../gateway/rest/stage-throttle.ts';
import type { ServedStage } from '../gateway/rest/rest-route.ts';
import { AwsError } from './aws-error.ts';
import { parseInput } from './parse-input.ts';
import type { StageControls } from './stage-controls.ts';

const patchSchema = z.looseObject({
  patchOperations: z
    .array(z.looseObject({ op: z.string(), path: z.string(), value: z.string().optional() }))
    .default([]),
});

/** `GET /restapis/{id}`: its name, which its metrics carry (F60). */
export function getRestApi(apiId: string, { restStages, startedAt }: StageControls): unknown {
  const stage = restStages.find(({ model }) => model.apiId === apiId);
  if (!stage) throw new AwsError('NotFoundException', 'Invalid API identifier specified', 404);
  return {
    id: apiId,
    name: stage.model.apiName,
    createdDate: Math.floor(startedAt.getTime() / 1000),
  };
}

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
    requireSetting(stage, target);
    return (nowMs) => stage.throttle.remove(target, nowMs);
  }
  const isLimit = limit === 'rateLimit' || limit === 'burstLimit';
  if (op !== 'replace' || group !== 'throttling' || !isLimit || rest.length > 0) {
    throw new AwsError(
      'BadRequestException',
      `the local stage does not patch ${op} ${path}; it replaces /{resource}/{method}/throttling/rateLimit and burstLimit`,
    );
  }
  const wanted = LIMITS[limit];
  if (value === undefined || !wanted.pattern.test(value)) {
    const found = value === undefined ? 'none' : `'${value}'`;
    throw new AwsError('BadRequestException', `Invalid value for ${path}: ${found}, want ${wanted.name}`);
  }
  requireMethod(stage, target);
  return (nowMs) => stage.throttle.change(target, { [limit]: Number(value) }, nowMs);
}

/** Texts of patch operations that are limits; −1 lifts the throttle. */
const LIMITS = {
  rateLimit: { pattern: /^(-1|\d+(\.\d+)?)$/, name: 'a number ≥ 0, or -1 for no limit' },
  burstLimit: { pattern: /^(-1|\d+)$/, name: 'an integer ≥ 0, or -1 for no limit' },
} as const;

/** How AWS words the refusal of a setting for a method that the stage lacks is unverified, and so is its code. */
function requireMethod({ model }: ServedStage, { resourcePath, httpMethod }: SettingTarget): void {
  if (resourcePath === '*' && httpMethod === '*') return;
  const isThere = model.methods.some(
    (method) => method.resourcePath === resourcePath && method.httpMethod === httpMethod,
  );
  if (isThere) return;
  throw new AwsError('NotFoundException', `the stage has no method ${httpMethod} ${resourcePath}`, 404);
}

function requireSetting({ throttle }: ServedStage, { resourcePath, httpMethod }: SettingTarget): void {
  const isThere = throttle
    .settings()
    .some((setting) => setting.resourcePath === resourcePath && setting.httpMethod === httpMethod);
  if (isThere) return;
  throw new AwsError(
    'NotFoundException',
    `the stage has no setting for method ${httpMethod} ${resourcePath}`,
    404,
  );
}

/** What the local stage plays of it: caches, traces and logged bodies are none of that, so nothing is said of them. */
function describe(stage: ServedStage, { startedAt }: StageControls): unknown {
  const { model, throttle } = stage;
  const methodSettings = throttle.settings().map((setting) => [
    `${setting.resourcePath.replaceAll('/', '~1')}/${setting.httpMethod}`,
    {
      metricsEnabled: detailedMetrics(stage, setting),
      throttlingRateLimit: setting.rateLimit,
      throttlingBurstLimit: setting.burstLimit,
    },
  ]);
  return {
    deploymentId: model.deploymentId,
    stageName: model.stageName,
    methodSettings: Object.fromEntries(methodSettings),
    ...(model.variables === null ? {} : { variables: model.variables }),
    createdDate: Math.floor(startedAt.getTime() / 1000),
    lastUpdatedDate: Math.floor(startedAt.getTime() / 1000),
  };
}

/** Undefined where the template says nothing of them; JSON leaves it out then. */
function detailedMetrics({ model }: ServedStage, target: SettingTarget): boolean | undefined {
  return model.methodSettings.find(
    ({ resourcePath, httpMethod }) =>
      resourcePath === target.resourcePath && httpMethod === target.httpMethod,
  )?.detailedMetrics;
}

function findStage(apiId: string, stageName: string, { restStages }: StageControls): ServedStage {
  const ofApi = restStages.filter(({ model }) => model.apiId === apiId);
  const stage = ofApi.find(({ model }) => model.stageName === stageName);
  if (stage) return stage;
  const what = ofApi.length > 0 ? 'Stage' : 'API';
  throw new AwsError('NotFoundException', `Invalid ${what} identifier specified`, 404);
}
