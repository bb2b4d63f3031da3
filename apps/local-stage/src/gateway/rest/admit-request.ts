import { TokenBucket, type BucketLimits } from '@spillway/throttle';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { MethodSettingModel, RestStageModel } from '../../template/rest/rest-stage-model.ts';

/** What a setting without throttle values leaves a stage at (F7). */
const AWS_DEFAULT_LIMITS: BucketLimits = { rateLimit: 10_000, burstLimit: 5_000 };

/** Where no setting speaks of a method, only the account's bucket binds it. */
const UNLIMITED: BucketLimits = { rateLimit: Infinity, burstLimit: Infinity };

/** `*` + `*` for the default of every method; otherwise one resource path and one method. */
export interface SettingTarget {
  readonly resourcePath: string;
  readonly httpMethod: string;
}

/** Throttles of one REST stage: a bucket for each method (F4), with limits that can change while it serves. */
export class StageThrottle {
  readonly #settings: (SettingTarget & BucketLimits)[];
  readonly #buckets: ReadonlyMap<RestMethodModel, TokenBucket>;

  constructor(stage: RestStageModel, nowMs: number) {
    this.#settings = stage.methodSettings.map(withDefaults);
    this.#buckets = new Map(
      stage.methods.map((method) => [method, new TokenBucket(this.#limitsOf(method), nowMs)]),
    );
  }

  /** The method's own bucket. */
  bucketOf(method: RestMethodModel): TokenBucket {
    return this.#buckets.get(method) ?? new TokenBucket(UNLIMITED, 0);
  }

  /** The settings as they bind now. */
  settings(): readonly (SettingTarget & BucketLimits)[] {
    return this.#settings;
  }

  /** Changes a setting, or makes it; binds the next request. Limits of −1 lift the throttle. */
  change(target: SettingTarget, limits: Partial<BucketLimits>, nowMs: number): void {
    const index = this.#settings.findIndex((setting) => isSame(setting, target));
    const current = this.#settings[index] ?? { ...target, ...AWS_DEFAULT_LIMITS };
    this.#settings.splice(index < 0 ? this.#settings.length : index, 1, { ...current, ...limits });
    this.#apply(nowMs);
  }

  /** Forgets a setting: the stage's default binds its method again. */
  remove(target: SettingTarget, nowMs: number): void {
    const index = this.#settings.findIndex((setting) => isSame(setting, target));
    if (index >= 0) this.#settings.splice(index, 1);
    this.#apply(nowMs);
  }

  #apply(nowMs: number): void {
    for (const [method, bucket] of this.#buckets) bucket.limit(this.#limitsOf(method), nowMs);
  }

  #limitsOf(method: RestMethodModel): BucketLimits {
    const setting =
      this.#settings.find((s) => isSame(s, method)) ??
      this.#settings.find((s) => isSame(s, { resourcePath: '*', httpMethod: '*' }));
    if (!setting) return UNLIMITED;
    return { rateLimit: lifted(setting.rateLimit), burstLimit: lifted(setting.burstLimit) };
  }
}

/**
 * Asks the method's bucket, then the account's, in AWS's order (F3).
 * @param nowMs of a clock that never goes back
 */
export function admitRequest(method: TokenBucket, account: TokenBucket, nowMs: number): boolean {
  return method.admit(nowMs) === 'admitted' && account.admit(nowMs) === 'admitted';
}

function withDefaults(setting: MethodSettingModel): SettingTarget & BucketLimits {
  return { ...AWS_DEFAULT_LIMITS, ...setting };
}

function isSame(a: SettingTarget, b: SettingTarget): boolean {
  return a.resourcePath === b.resourcePath && a.httpMethod === b.httpMethod;
}

function lifted(limit: number): number {
  return limit < 0 ? Infinity : limit;
}
