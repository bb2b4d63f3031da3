import * as z from 'zod';
import { accessLogSettingSchema, readAccessLog, type AccessLogModel } from '../access-log-model.ts';
import { readHttpApis, type CorsModel } from './http-api-model.ts';
import { readHttpRoutes, type HttpRouteModel } from './http-route-model.ts';
import type { ResolvedStack } from '../resolved-stack.ts';

/** One deployed stage of one HTTP API. */
export interface HttpStageModel {
  readonly apiId: string;
  readonly apiName: string;
  /** `$default` stands at the root of the API's origin, any other in the first segment of the path. */
  readonly stageName: string;
  /** Empty where the stage deploys by itself. */
  readonly deploymentId: string;
  readonly autoDeploy: boolean;
  /** Null where the stage has none: the event leaves them out then. */
  readonly variables: Readonly<Record<string, string>> | null;
  /** The API's; null where it leaves CORS to the functions. */
  readonly cors: CorsModel | null;
  readonly routes: readonly HttpRouteModel[];
  /** Binds every route that has no value of its own. */
  readonly defaultRouteSetting: RouteSettingModel;
  /** By route key. */
  readonly routeSettings: Readonly<Record<string, RouteSettingModel>>;
  readonly accessLog: AccessLogModel | null;
}

/** Absent limits leave a route to the account's bucket alone; whether AWS does so too is unverified. */
export interface RouteSettingModel {
  /** Requests/s. */
  readonly rateLimit?: number;
  /** Requests. */
  readonly burstLimit?: number;
  /** Metrics of each route beside those of the stage (F61). */
  readonly detailedMetrics?: boolean;
}

const booleanSchema = z.union([z.boolean(), z.stringbool()]);

const routeSettingSchema = z.looseObject({
  ThrottlingRateLimit: z.coerce.number().min(0).optional(),
  ThrottlingBurstLimit: z.coerce.number().int().min(0).optional(),
  DetailedMetricsEnabled: booleanSchema.optional(),
});

const stagePropertiesSchema = z.looseObject({
  ApiId: z.string(),
  StageName: z.string(),
  DeploymentId: z.string().default(''),
  AutoDeploy: booleanSchema.default(false),
  StageVariables: z.record(z.string(), z.string()).optional(),
  DefaultRouteSettings: routeSettingSchema.default({}),
  RouteSettings: z.record(z.string(), routeSettingSchema).default({}),
  AccessLogSettings: accessLogSettingSchema.optional(),
});

/**
 * The HTTP API stages of the stack, those of quick-created APIs included.
 * @param playedFunctions names of the functions that have an environment here
 */
export function readHttpStages(
  stack: ResolvedStack,
  playedFunctions: ReadonlySet<string>,
): readonly HttpStageModel[] {
  const apis = readHttpApis(stack);
  const declared = stack
    .ofType('AWS::ApiGatewayV2::Stage')
    .map((resource) => stack.read(resource, stagePropertiesSchema));
  return apis.flatMap((api) => {
    const ofApi = declared.filter(({ ApiId }) => ApiId === api.apiId);
    const quick = api.quickCreate === null ? [] : [quickCreatedStage(api.apiId)];
    const stages = [...quick, ...ofApi];
    if (stages.length === 0) stack.notPlayed.add(`API ${api.apiName} (no stage)`);
    const routes = readHttpRoutes(stack, api, playedFunctions);
    for (const routeKey of stages.flatMap((stage) => Object.keys(stage.RouteSettings))) {
      const isThere = routes.some((route) => route.routeKey === routeKey);
      if (!isThere) stack.notPlayed.add(`route setting ${routeKey} (API ${api.apiName} has no such route)`);
    }
    return stages.map((stage) => ({
      apiId: api.apiId,
      apiName: api.apiName,
      stageName: stage.StageName,
      deploymentId: stage.DeploymentId,
      autoDeploy: stage.AutoDeploy,
      variables: stage.StageVariables ?? null,
      cors: api.cors,
      routes,
      defaultRouteSetting: readSetting(stage.DefaultRouteSettings),
      routeSettings: Object.fromEntries(
        Object.entries(stage.RouteSettings).map(([key, setting]) => [key, readSetting(setting)]),
      ),
      accessLog: readAccessLog(stage.AccessLogSettings),
    }));
  });
}

/** Quick create makes a `$default` stage that deploys by itself. */
function quickCreatedStage(apiId: string): z.infer<typeof stagePropertiesSchema> {
  return stagePropertiesSchema.parse({ ApiId: apiId, StageName: '$default', AutoDeploy: true });
}

function readSetting(setting: z.infer<typeof routeSettingSchema>): RouteSettingModel {
  const { ThrottlingRateLimit, ThrottlingBurstLimit, DetailedMetricsEnabled } = setting;
  return {
    ...(ThrottlingRateLimit === undefined ? {} : { rateLimit: ThrottlingRateLimit }),
    ...(ThrottlingBurstLimit === undefined ? {} : { burstLimit: ThrottlingBurstLimit }),
    ...(DetailedMetricsEnabled === undefined ? {} : { detailedMetrics: DetailedMetricsEnabled }),
  };
}
