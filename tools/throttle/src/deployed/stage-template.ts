import { fingerprintOf, type BucketLimits, type Fingerprint } from '@spillway/throttle';
import * as z from 'zod';

/** The bucket that binds every route without one of its own. */
export const EVERY_ROUTE = '*/*';

/** Buckets of a stage by route: {@link EVERY_ROUTE}, or as in `POST /batch`. A limit that is not set is absent. */
export type RouteBuckets = ReadonlyMap<string, Partial<BucketLimits>>;

const limitSchema = z.number().optional();
const throttleSchema = z.looseObject({ ThrottlingRateLimit: limitSchema, ThrottlingBurstLimit: limitSchema });

const restStageSchema = z.looseObject({
  Type: z.literal('AWS::ApiGateway::Stage'),
  Properties: z.looseObject({
    MethodSettings: z
      .array(throttleSchema.extend({ HttpMethod: z.string(), ResourcePath: z.string() }))
      .default([]),
  }),
});

const httpStageSchema = z.looseObject({
  Type: z.literal('AWS::ApiGatewayV2::Stage'),
  Properties: z.looseObject({
    DefaultRouteSettings: throttleSchema.default({}),
    RouteSettings: z.record(z.string(), throttleSchema).default({}),
  }),
});

const templateSchema = z.looseObject({ Resources: z.record(z.string(), z.unknown()) });

/** What a template puts into force beside the limits of a throttle file. */
export interface StageTemplate {
  readonly fingerprint: Fingerprint;
  readonly buckets: RouteBuckets;
}

/** Template of a stage → its buckets and its fingerprint. @throws ZodError, FingerprintError */
export async function readStageTemplate(template: unknown): Promise<StageTemplate> {
  const resources = Object.values(templateSchema.parse(template).Resources);
  const pairs = resources.flatMap((resource) => [...restBuckets(resource), ...httpBuckets(resource)]);
  return { fingerprint: await fingerprintOf(template), buckets: new Map(pairs) };
}

type Pair = readonly [string, Partial<BucketLimits>];

function restBuckets(resource: unknown): readonly Pair[] {
  const { data } = restStageSchema.safeParse(resource);
  return (data?.Properties.MethodSettings ?? []).map((setting) => [
    // CloudFormation writes the path with a slash before the form that the API has it in.
    routeName(setting.ResourcePath.replace(/^\//, ''), setting.HttpMethod),
    bucketOf(setting),
  ]);
}

function httpBuckets(resource: unknown): readonly Pair[] {
  const { data } = httpStageSchema.safeParse(resource);
  if (data === undefined) return [];
  const { DefaultRouteSettings, RouteSettings } = data.Properties;
  return [
    [EVERY_ROUTE, bucketOf(DefaultRouteSettings)],
    ...Object.entries(RouteSettings).map(([route, setting]): Pair => [route, bucketOf(setting)]),
  ];
}

/** The path of a method setting, slashes written as `~1`, and its method → the name of a route. */
export function routeName(path: string, method: string): string {
  return path === '*' && method === '*' ? EVERY_ROUTE : `${method} ${path.replaceAll('~1', '/')}`;
}

function bucketOf(setting: z.infer<typeof throttleSchema>): Partial<BucketLimits> {
  return bucket(setting.ThrottlingRateLimit, setting.ThrottlingBurstLimit);
}

/** A bucket without what is not set. */
export function bucket(rateLimit: number | undefined, burstLimit: number | undefined): Partial<BucketLimits> {
  return {
    ...(rateLimit === undefined ? {} : { rateLimit }),
    ...(burstLimit === undefined ? {} : { burstLimit }),
  };
}
