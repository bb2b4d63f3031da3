import { TokenBucket, type BucketLimits } from '@spillway/throttle';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type {
  ApiKeyModel,
  PlanStageModel,
  QuotaModel,
  UsagePlanModel,
} from '../../template/rest/usage-plan-model.ts';
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
  /** By plan and key; those for a method by these too. */
  readonly #buckets: Map<string, TokenBucket>;
  readonly #quotas: Map<string, PlanQuota>;
  readonly #plans: readonly { readonly model: UsagePlanModel; readonly clients: readonly PlanClient[] }[];

  /** @param before as they were declared so far: what clients have used up of them stays used up */
  constructor(plans: readonly UsagePlanModel[], nowMs: number, before?: UsagePlans) {
    this.#buckets = new Map(before ? before.#buckets : []);
    this.#quotas = new Map(before ? before.#quotas : []);
    this.#plans = plans.map((model) => ({
      model,
      clients: model.keys
        .filter(({ isEnabled }) => isEnabled)
        .map((key) => ({
          key,
          quota: model.quota && this.#quota(`${model.planId} ${key.value}`, model.quota),
          bucket: model.throttle && this.#bucket(`${model.planId} ${key.value}`, model.throttle, nowMs),
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
        const { value } = client.key;
        const name = `${model.planId} ${value} ${apiId} ${stageName} ${method.httpMethod} ${method.resourcePath}`;
        clients.set(value, limits ? { ...client, bucket: this.#bucket(name, limits, nowMs) } : client);
      }
    }
    return clients;
  }

  #bucket(name: string, limits: BucketLimits, nowMs: number): TokenBucket {
    const bucket = this.#buckets.get(name) ?? new TokenBucket(limits, nowMs);
    bucket.limit(limits, nowMs);
    this.#buckets.set(name, bucket);
    return bucket;
  }

  /** Of one that is declared as before; another begins anew. */
  #quota(name: string, model: QuotaModel): PlanQuota {
    const known = `${name} ${JSON.stringify(model)}`;
    const quota = this.#quotas.get(known) ?? new PlanQuota(model);
    this.#quotas.set(known, quota);
    return quota;
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
