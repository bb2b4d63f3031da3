import { TokenBucket, type BucketLimits } from '@spillway/throttle';
import type { ClientModel } from '../clients/client-model.ts';
import { OUTCOME } from '../results/outcomes.ts';
import { UnitBuckets } from '../unit-buckets.ts';

/** The throttles in front of the function (F1); null where there is none. */
export interface GatewayModel {
  readonly stage: BucketLimits | null;
  readonly account: BucketLimits | null;
  /** The gateway gives up on an integration after this, ms (F18). */
  readonly timeoutMs: number;
}

/** Asks the client's plan, the method's bucket and the account's, in AWS's order (F3); what one gave stays spent. */
export class Gateway {
  readonly #plans: UnitBuckets | null;
  readonly #stage: TokenBucket | null;
  readonly #account: TokenBucket | null;

  constructor({ stage, account }: GatewayModel, { plan, count }: ClientModel) {
    this.#plans = plan && new UnitBuckets(count, plan.rateLimit, plan.burstLimit);
    this.#stage = stage && new TokenBucket(stage, 0);
    this.#account = account && new TokenBucket(account, 0);
  }

  /** @returns the outcome of a request that is throttled, else `acknowledged` */
  admit(client: number, nowMs: number): number {
    if (this.#plans !== null) {
      if (!this.#plans.has(client, 1, nowMs)) return OUTCOME.throttledByPlan;
      this.#plans.take(client, 1);
    }
    if (this.#stage !== null && this.#stage.admit(nowMs) === 'throttled') return OUTCOME.throttledByStage;
    if (this.#account !== null && this.#account.admit(nowMs) === 'throttled')
      return OUTCOME.throttledByAccount;
    return OUTCOME.acknowledged;
  }
}
