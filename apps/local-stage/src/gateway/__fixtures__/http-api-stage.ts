import type { HttpRouteModel } from '../../template/http-api/http-route-model.ts';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';

/** A route that calls the function `f`. */
export const route = (routeKey: string, changes: Partial<HttpRouteModel> = {}): HttpRouteModel => ({
  routeKey,
  functionName: 'f',
  functionQualifier: null,
  authorizationType: 'NONE',
  payloadFormat: '2.0',
  integrationTimeoutMs: 30_000,
  ...changes,
});

/** A `$default` stage that nothing is set for. */
export const stageOf = (
  routes: readonly HttpRouteModel[],
  changes: Partial<HttpStageModel> = {},
): HttpStageModel => ({
  apiId: 'api1234567',
  apiName: 'api',
  stageName: '$default',
  deploymentId: '',
  autoDeploy: true,
  variables: null,
  cors: null,
  routes,
  defaultRouteSetting: {},
  routeSettings: {},
  accessLog: null,
  ...changes,
});

/** Name, value, name, value → the values of each name in small letters. */
export const named = (headers: readonly string[]): Record<string, string[]> => {
  const values: Record<string, string[]> = {};
  for (let index = 0; index < headers.length; index += 2) {
    (values[headers[index]?.toLowerCase() ?? ''] ??= []).push(headers[index + 1] ?? '');
  }
  return values;
};
