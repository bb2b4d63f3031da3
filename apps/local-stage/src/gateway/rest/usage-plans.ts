import { TokenBucket, type BucketLimits } from '@spillway/throttle';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { ApiKeyModel, PlanStageModel, UsagePlanModel } from '../../template/rest/usage-plan-model.ts';
import { PlanQuota } from './plan-quota.ts';

/** One API key where a usage plan lets it call one method. */
export interface PlanClient {
  readonly key: ApiKeyModel;
  readonly quota: PlanQuota | null;
  /** Null where the plan does not throttle. */
  readonly bucket: TokenBucket | null;
}

/** By the value that clients send as `x-api-key`. */
export type PlanClients = ReadonlyMap<string, PlanClient>;

/** The keys of all usage plans, each with one bucket and one quota over all stages of its plan (F5). */
export class UsagePlans {
  readonly #plans: readonly { readonly model: UsagePlanModel; readonly clients: readonly PlanClient[] }[];

  constructor(plans: readonly UsagePlanModel[], nowMs: number) {
    this.#plans = plans.map((model) => ({
      model,
      clients: model.keys
        .filter(({ isEnabled }) => isEnabled)
        .map((key) => ({
          key,
          quota: model.quota && new PlanQuota(model.quota),
          bucket: model.throttle && new TokenBucket(model.throttle, nowMs),
        })),
    }));
  }

  /**
   * Who may call a method of a stage. A limit that the plan has for the method stands in for the plan's own, with a
   * bucket of its own for each key (that it does not bind beside it is unverified).
   */
  clientsOf(apiId: string, stageName: string, method: RestMethodModel, nowMs: number): PlanClients {
    const clients = new Map<string, PlanClient>();
    for (const { model, clients: ofPlan } of this.#plans) {
      const stage = model.stages.find((s) => s.apiId === apiId && s.stageName === stageName);
      if (!stage) continue;
      const limits = limitsOf(stage, method);
      for (const client of ofPlan) {
        // AWS lets a key be in one plan of a stage only.
        if (clients.has(client.key.value)) continue;
        clients.set(
          client.key.value,
          limits ? { ...client, bucket: new TokenBucket(limits, nowMs) } : client,
        );
      }
    }
    return clients;
  }
}

/** Asks the plan: its quota, then its throttle. What the quota gave stays spent when the throttle refuses. */
export function admitClient(
  { quota, bucket }: PlanClient,
  nowMs: number,
  wallMs: number,
): 'admitted' | 'quota-exceeded' | 'throttled' {
  if (quota?.take(wallMs) === 'quota-exceeded') return 'quota-exceeded';
  return bucket?.admit(nowMs) ?? 'admitted';
}

/** `/entries/GET`; the root is written `/GET` by AWS and `//GET` by the CDK. */
function limitsOf(
  { methodThrottles }: PlanStageModel,
  { resourcePath, httpMethod }: RestMethodModel,
): BucketLimits | undefined {
  const key = `${resourcePath}/${httpMethod}`;
  return methodThrottles[key] ?? methodThrottles[key.replace('//', '/')];
}
