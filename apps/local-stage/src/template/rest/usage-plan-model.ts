import type { BucketLimits } from '@spillway/throttle';
import * as z from 'zod';
import { drawId } from '../intrinsics/physical-names.ts';
import type { ResolvedStack, StackResource } from '../resolved-stack.ts';

/** Who may call which stages, how fast and how often (F5). */
export interface UsagePlanModel {
  readonly planId: string;
  /** Of each key over all stages of the plan; null where the plan has none. */
  readonly throttle: BucketLimits | null;
  readonly quota: QuotaModel | null;
  readonly stages: readonly PlanStageModel[];
  readonly keys: readonly ApiKeyModel[];
}

/** Requests of one key in a period. */
export interface QuotaModel {
  readonly limit: number;
  /** Taken off the limit in the first period. */
  readonly offset: number;
  readonly period: 'DAY' | 'WEEK' | 'MONTH';
}

export interface PlanStageModel {
  readonly apiId: string;
  readonly stageName: string;
  /** `/entries/{id}/GET` → limits of each key there. */
  readonly methodThrottles: Readonly<Record<string, BucketLimits>>;
}

export interface ApiKeyModel {
  readonly keyId: string;
  readonly name: string;
  readonly value: string;
  readonly isEnabled: boolean;
}

/** What a plan's throttle with only one of its limits leaves the other at; unverified, F7's by analogy. */
const throttleSchema = z
  .looseObject({
    RateLimit: z.coerce.number().min(0).default(10_000),
    BurstLimit: z.coerce.number().int().min(0).default(5000),
  })
  .transform(({ RateLimit, BurstLimit }) => ({ rateLimit: RateLimit, burstLimit: BurstLimit }));

const planSchema = z.looseObject({
  Throttle: throttleSchema.optional(),
  Quota: z
    .looseObject({
      Limit: z.coerce.number().int().min(0).optional(),
      Offset: z.coerce.number().int().min(0).default(0),
      Period: z.enum(['DAY', 'WEEK', 'MONTH']).optional(),
    })
    .optional(),
  ApiStages: z
    .array(
      z.looseObject({
        ApiId: z.string(),
        Stage: z.string(),
        Throttle: z.record(z.string(), throttleSchema).default({}),
      }),
    )
    .default([]),
});

const keySchema = z.looseObject({
  Name: z.string().optional(),
  Value: z.string().optional(),
  // A key is made disabled unless its template says otherwise; the CDK always does (the default is unverified).
  Enabled: z.union([z.boolean(), z.stringbool()]).default(false),
});

const planKeySchema = z.looseObject({ KeyId: z.string(), UsagePlanId: z.string() });

/** Every API key, a value drawn for those whose value AWS draws: always the same for the same stack. */
export function readApiKeys(stack: ResolvedStack): readonly ApiKeyModel[] {
  return stack.ofType('AWS::ApiGateway::ApiKey').map((resource) => {
    const key = stack.read(resource, keySchema);
    return {
      keyId: resource.physicalId,
      name: key.Name ?? resource.logicalId,
      value: key.Value ?? drawId(`${stack.source.stackName}/${resource.logicalId}/value`, 40),
      isEnabled: key.Enabled,
    };
  });
}

/** The usage plans with their keys. */
export function readUsagePlans(
  stack: ResolvedStack,
  apiKeys: readonly ApiKeyModel[],
): readonly UsagePlanModel[] {
  const links = stack
    .ofType('AWS::ApiGateway::UsagePlanKey')
    .flatMap((resource) => readLink(stack, resource, apiKeys));
  return stack.ofType('AWS::ApiGateway::UsagePlan').map((resource) => {
    const plan = stack.read(resource, planSchema);
    const keyIds = new Set(
      links.filter((link) => link.UsagePlanId === resource.physicalId).map((link) => link.KeyId),
    );
    return {
      planId: resource.physicalId,
      throttle: plan.Throttle ?? null,
      quota: readQuota(plan.Quota),
      stages: plan.ApiStages.map((stage) => ({
        apiId: stage.ApiId,
        stageName: stage.Stage,
        methodThrottles: stage.Throttle,
      })),
      keys: apiKeys.filter(({ keyId }) => keyIds.has(keyId)),
    };
  });
}

/** A key that is not in the template has no value here: whoever sends it is refused. */
function readLink(
  stack: ResolvedStack,
  resource: StackResource,
  apiKeys: readonly ApiKeyModel[],
): readonly z.infer<typeof planKeySchema>[] {
  const what = `usage plan key ${resource.logicalId}`;
  const link = stack.tryRead(resource, planKeySchema, what);
  if (!link) return [];
  const isKnown = apiKeys.some(({ keyId }) => keyId === link.KeyId);
  if (!isKnown) stack.notPlayed.add(`${what} (its key ${link.KeyId} is not in the template)`);
  return [link];
}

function readQuota(quota: z.infer<typeof planSchema>['Quota']): QuotaModel | null {
  if (quota?.Limit === undefined || quota.Period === undefined) return null;
  return { limit: quota.Limit, offset: quota.Offset, period: quota.Period };
}
