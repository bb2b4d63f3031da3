import * as z from 'zod';
import { accessLogSettingSchema, readAccessLog, type AccessLogModel } from '../access-log-model.ts';
import type { ResolvedStack } from '../resolved-stack.ts';
import { readResourcePolicy, resourcePolicySchema, type ResourcePolicy } from '../resource-policy-model.ts';
import { readGatewayResponses, type GatewayResponseModel } from './rest-gateway-response-model.ts';
import { readRestMethods, type RestMethodModel } from './rest-method-model.ts';

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
  /** Null where whoever reaches the API may call it. */
  readonly resourcePolicy: ResourcePolicy | null;
  /** Null where the stage logs nothing. */
  readonly accessLog: AccessLogModel | null;
  readonly gatewayResponses: readonly GatewayResponseModel[];
}

/** Absent limits are AWS's 10,000 / 5,000 (F7). */
export interface MethodSettingModel {
  /** `*` for every resource. */
  readonly resourcePath: string;
  /** `*` for every method. */
  readonly httpMethod: string;
  readonly rateLimit?: number;
  readonly burstLimit?: number;
  /** Metrics of each method beside those of the stage (F60). */
  readonly detailedMetrics?: boolean;
}

const apiPropertiesSchema = z.looseObject({
  Name: z.string().default('RestApi'),
  BinaryMediaTypes: z.array(z.string()).default([]),
  ApiKeySourceType: z.string().default('HEADER'),
  Policy: resourcePolicySchema.optional(),
});

const booleanSchema = z.union([z.boolean(), z.stringbool()]);

/** −1 lifts the throttle, as the stage's settings have it on AWS too; nothing else is below 0. */
const limitOf = (number: z.ZodCoercedNumber): z.ZodCoercedNumber =>
  number.refine((limit) => limit >= 0 || limit === -1, { error: 'want a limit ≥ 0, or -1 for none' });

const stagePropertiesSchema = z.looseObject({
  RestApiId: z.string(),
  StageName: z.string(),
  DeploymentId: z.string().default(''),
  Variables: z.record(z.string(), z.string()).optional(),
  AccessLogSetting: accessLogSettingSchema.optional(),
  MethodSettings: z
    .array(
      z.looseObject({
        ResourcePath: z.string().default('/*'),
        HttpMethod: z.string().default('*'),
        ThrottlingRateLimit: limitOf(z.coerce.number()).optional(),
        ThrottlingBurstLimit: limitOf(z.coerce.number().int()).optional(),
        CachingEnabled: booleanSchema.default(false),
        MetricsEnabled: booleanSchema.optional(),
      }),
    )
    .default([]),
});

type MethodSetting = z.infer<typeof stagePropertiesSchema>['MethodSettings'][number];

/**
 * The REST API stages of the stack.
 * @param playedFunctions names of the functions that have an environment here
 */
export function readRestStages(
  stack: ResolvedStack,
  playedFunctions: ReadonlySet<string>,
): readonly RestStageModel[] {
  const methods = readRestMethods(stack, playedFunctions);
  return stack.ofType('AWS::ApiGateway::Stage').flatMap((resource) => {
    const stage = stack.read(resource, stagePropertiesSchema);
    const api = stack.ofType('AWS::ApiGateway::RestApi').find((r) => r.physicalId === stage.RestApiId);
    if (!api) return [];
    const apiId = api.physicalId;
    const { Name, BinaryMediaTypes, ApiKeySourceType, Policy } = stack.read(api, apiPropertiesSchema);
    // Keys are taken from the header then, so what an authorizer would have let in is refused.
    if (ApiKeySourceType !== 'HEADER') stack.notPlayed.add(`${Name}: API keys from ${ApiKeySourceType}`);
    const ofApi = methods.filter((method) => method.apiId === apiId).map(({ method }) => method);
    const place = { region: stack.region, accountId: stack.accountId, apiId };
    return [
      {
        apiId,
        apiName: Name,
        stageName: stage.StageName,
        deploymentId: stage.DeploymentId,
        variables: stage.Variables ?? null,
        binaryMediaTypes: BinaryMediaTypes.map((type) => type.replaceAll('~1', '/')),
        methods: ofApi,
        methodSettings: nameAbsentMethods(
          stack,
          ofApi,
          stage.MethodSettings.map((setting) => readSetting(stack, setting)),
        ),
        resourcePolicy: Policy ? readResourcePolicy(Policy, place, stack.notPlayed) : null,
        accessLog: readAccessLog(stage.AccessLogSetting),
        gatewayResponses: readGatewayResponses(stack, apiId),
      },
    ];
  });
}

function readSetting(stack: ResolvedStack, setting: MethodSetting): MethodSettingModel {
  if (setting.CachingEnabled) stack.notPlayed.add('AWS::ApiGateway::Stage.MethodSettings: caching');
  return {
    resourcePath: settingPath(setting.ResourcePath),
    httpMethod: setting.HttpMethod,
    ...(setting.ThrottlingRateLimit === undefined ? {} : { rateLimit: setting.ThrottlingRateLimit }),
    ...(setting.ThrottlingBurstLimit === undefined ? {} : { burstLimit: setting.ThrottlingBurstLimit }),
    ...(setting.MetricsEnabled === undefined ? {} : { detailedMetrics: setting.MetricsEnabled }),
  };
}

/** A setting of a method that the API lacks binds nothing: it is named, and kept for whoever describes the stage. */
function nameAbsentMethods(
  stack: ResolvedStack,
  methods: readonly RestMethodModel[],
  settings: readonly MethodSettingModel[],
): readonly MethodSettingModel[] {
  for (const { resourcePath, httpMethod } of settings) {
    const isDefault = resourcePath === '*' && httpMethod === '*';
    const isThere = methods.some(
      (method) => method.resourcePath === resourcePath && method.httpMethod === httpMethod,
    );
    if (isDefault || isThere) continue;
    stack.notPlayed.add(`method setting ${httpMethod} ${resourcePath} (the API has no such method)`);
  }
  return settings;
}

/** `/*` → `*`, `/~1entries~1{id}` → `/entries/{id}`, `/` → `/`: CloudFormation writes inner slashes as `~1`. */
function settingPath(path: string): string {
  if (path === '/*' || path === '*') return '*';
  const inner = path.replace(/^\//, '').replaceAll('~1', '/');
  return inner.startsWith('/') ? inner : `/${inner}`;
}
