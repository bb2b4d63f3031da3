import * as z from 'zod';
import type { ResolvedStack } from '../resolved-stack.ts';
import { readResourcePaths } from './rest-resource-paths.ts';

/** One deployed stage of one REST API. */
export interface RestStageModel {
  readonly apiId: string;
  readonly apiName: string;
  readonly stageName: string;
  readonly deploymentId: string;
  /** Null where the stage has none: the proxy event says null then. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** Content types whose bodies travel as base64. */
  readonly binaryMediaTypes: readonly string[];
  readonly methods: readonly RestMethodModel[];
  readonly methodSettings: readonly MethodSettingModel[];
}

/** A method of a resource: what F4 gives a bucket of its own. */
export interface RestMethodModel {
  /** `ANY` or an HTTP method in capitals. */
  readonly httpMethod: string;
  /** `/`, `/entries/{id}`, `/files/{proxy+}`. */
  readonly resourcePath: string;
  readonly resourceId: string;
  /** Null where the integration is not played: the route then answers 501 and says so. */
  readonly functionName: string | null;
  /** Between 50 ms and 29 s by default (F18). */
  readonly integrationTimeoutMs: number;
}

/** Absent limits are AWS's 10,000 / 5,000 (F7). */
export interface MethodSettingModel {
  /** `*` for every resource. */
  readonly resourcePath: string;
  /** `*` for every method. */
  readonly httpMethod: string;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
}

/** F18: the gateway gives up after 29 s unless the method says otherwise. */
export const INTEGRATION_TIMEOUT_MS = 29_000;

const apiPropertiesSchema = z.looseObject({
  Name: z.string().default('RestApi'),
  BinaryMediaTypes: z.array(z.string()).default([]),
});

const methodPropertiesSchema = z.looseObject({
  RestApiId: z.string(),
  ResourceId: z.string(),
  HttpMethod: z.string(),
  AuthorizationType: z.string().default('NONE'),
  ApiKeyRequired: z.union([z.boolean(), z.stringbool()]).default(false),
  Integration: z
    .looseObject({
      Type: z.string(),
      Uri: z.string().optional(),
      TimeoutInMillis: z.coerce.number().min(50).optional(),
    })
    .optional(),
});

const stagePropertiesSchema = z.looseObject({
  RestApiId: z.string(),
  StageName: z.string(),
  DeploymentId: z.string().default(''),
  Variables: z.record(z.string(), z.string()).optional(),
  MethodSettings: z
    .array(
      z.looseObject({
        ResourcePath: z.string().default('/*'),
        HttpMethod: z.string().default('*'),
        ThrottlingRateLimit: z.coerce.number().optional(),
        ThrottlingBurstLimit: z.coerce.number().optional(),
      }),
    )
    .default([]),
});

/**
 * The REST API stages of the stack.
 * @param playedFunctions names of the functions that have an environment here
 */
export function readRestStages(
  stack: ResolvedStack,
  playedFunctions: ReadonlySet<string>,
): readonly RestStageModel[] {
  const seen = new Set<string>();
  const methods = readMethods(stack, playedFunctions);
  return stack.ofType('AWS::ApiGateway::Stage').flatMap((resource) => {
    const stage = stack.read(resource, stagePropertiesSchema);
    const api = stack.ofType('AWS::ApiGateway::RestApi').find((r) => r.physicalId === stage.RestApiId);
    if (!api) return [];
    if (seen.has(stage.StageName)) {
      // On AWS the host tells APIs apart; here there is one host, so the path must.
      stack.notPlayed.add(
        `stage ${stage.StageName} of ${api.logicalId} (another API has a stage of that name)`,
      );
      return [];
    }
    seen.add(stage.StageName);
    const { Name, BinaryMediaTypes } = stack.read(api, apiPropertiesSchema);
    return [
      {
        apiId: api.physicalId,
        apiName: Name,
        stageName: stage.StageName,
        deploymentId: stage.DeploymentId,
        variables: stage.Variables ?? null,
        binaryMediaTypes: BinaryMediaTypes.map((type) => type.replaceAll('~1', '/')),
        methods: methods.filter(({ apiId }) => apiId === api.physicalId).map(({ method }) => method),
        methodSettings: stage.MethodSettings.map((setting) => ({
          resourcePath: settingPath(setting.ResourcePath),
          httpMethod: setting.HttpMethod,
          ...(setting.ThrottlingRateLimit === undefined ? {} : { rateLimit: setting.ThrottlingRateLimit }),
          ...(setting.ThrottlingBurstLimit === undefined ? {} : { burstLimit: setting.ThrottlingBurstLimit }),
        })),
      },
    ];
  });
}

function readMethods(
  stack: ResolvedStack,
  playedFunctions: ReadonlySet<string>,
): readonly { apiId: string; method: RestMethodModel }[] {
  const paths = readResourcePaths(stack);
  return stack.ofType('AWS::ApiGateway::Method').map((resource) => {
    const method = stack.read(resource, methodPropertiesSchema);
    const resourcePath = paths.get(method.ResourceId) ?? '/';
    const route = `${method.HttpMethod} ${resourcePath}`;
    if (method.AuthorizationType !== 'NONE') {
      stack.notPlayed.add(`${route}: authorization ${method.AuthorizationType}`);
    }
    if (method.ApiKeyRequired) stack.notPlayed.add(`${route}: API key`);
    const type = method.Integration?.Type ?? 'none';
    const called = /:function:([^:/]+)/.exec(method.Integration?.Uri ?? '')?.[1] ?? null;
    const isPlayed = type === 'AWS_PROXY' && called !== null && playedFunctions.has(called);
    if (!isPlayed) stack.notPlayed.add(`${route}: integration ${type}${called ? ` of ${called}` : ''}`);
    return {
      apiId: method.RestApiId,
      method: {
        httpMethod: method.HttpMethod,
        resourcePath,
        resourceId: method.ResourceId,
        functionName: isPlayed ? called : null,
        integrationTimeoutMs: method.Integration?.TimeoutInMillis ?? INTEGRATION_TIMEOUT_MS,
      },
    };
  });
}

/** `/*` → `*`, `/~1entries~1{id}` → `/entries/{id}`, `/` → `/`: CloudFormation writes inner slashes as `~1`. */
function settingPath(path: string): string {
  if (path === '/*' || path === '*') return '*';
  const inner = path.replace(/^\//, '').replaceAll('~1', '/');
  return inner.startsWith('/') ? inner : `/${inner}`;
}
