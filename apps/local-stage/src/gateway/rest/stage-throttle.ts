import { isDeepStrictEqual } from 'node:util';
import type { BucketLimits, TokenBucket } from '@spillway/throttle';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { MethodSettingModel, RestStageModel } from '../../template/rest/rest-stage-model.ts';
import { ThrottleBuckets, UNLIMITED } from '../throttle-buckets.ts';

/** What a setting without throttle values leaves a stage at (F7). */
const AWS_DEFAULT_LIMITS: BucketLimits = { rateLimit: 10_000, burstLimit: 5_000 };

/** `*` + `*` for the default of every method; otherwise one resource path and one method. */
export interface SettingTarget {
  readonly resourcePath: string;
  readonly httpMethod: string;
}

/** Throttles of one REST stage: a bucket for each method (F4), with limits that can change while it serves. */
export class StageThrottle {
  readonly #stage: RestStageModel;
  readonly #settings: (SettingTarget & BucketLimits)[];
  readonly #buckets: ThrottleBuckets<RestMethodModel>;

  /** @param before of the same stage: its buckets go on, and its settings where the template has the same as then */
  constructor(stage: RestStageModel, nowMs: number, before?: StageThrottle) {
    this.#stage = stage;
    const isSame = before && isDeepStrictEqual(before.#stage.methodSettings, stage.methodSettings);
    this.#settings = isSame ? [...before.#settings] : stage.methodSettings.map(withDefaults);
    const limitsOf = (method: RestMethodModel): BucketLimits => this.#limitsOf(method);
    this.#buckets = new ThrottleBuckets(stage.methods, limitsOf, nowMs, (method) => before?.find(method));
  }

  /** The method's own bucket. */
  bucketOf(method: RestMethodModel): TokenBucket {
    return this.#buckets.of(method);
  }

  /** Undefined for a method that the stage does not have. */
  find(target: SettingTarget): TokenBucket | undefined {
    const method = this.#stage.methods.find((each) => isSameTarget(each, target));
    return method && this.bucketOf(method);
  }

  /** The settings as they bind now. */
  settings(): readonly (SettingTarget & BucketLimits)[] {
    return this.#settings;
  }

  /** Changes a setting, or makes it; binds the next request. Limits of −1 lift the throttle. */
  change(target: SettingTarget, limits: Partial<BucketLimits>, nowMs: number): void {
    const index = this.#settings.findIndex((setting) => isSameTarget(setting, target));
    const current = this.#settings[index] ?? { ...target, ...AWS_DEFAULT_LIMITS };
    this.#settings.splice(index < 0 ? this.#settings.length : index, 1, { ...current, ...limits });
    this.#buckets.applySettings(nowMs);
  }

  /** Forgets a setting: the stage's default binds its method again. */
  remove(target: SettingTarget, nowMs: number): void {
    const index = this.#settings.findIndex((setting) => isSameTarget(setting, target));
    if (index >= 0) this.#settings.splice(index, 1);
    this.#buckets.applySettings(nowMs);
  }

  #limitsOf(method: RestMethodModel): BucketLimits {
    const setting =
      this.#settings.find((s) => isSameTarget(s, method)) ??
      this.#settings.find((s) => isSameTarget(s, { resourcePath: '*', httpMethod: '*' }));
    if (!setting) return UNLIMITED;
    return { rateLimit: lifted(setting.rateLimit), burstLimit: lifted(setting.burstLimit) };
  }
}

function withDefaults(setting: MethodSettingModel): SettingTarget & BucketLimits {
  return { ...AWS_DEFAULT_LIMITS, ...setting };
}

function isSameTarget(a: SettingTarget, b: SettingTarget): boolean {
  return a.resourcePath === b.resourcePath && a.httpMethod === b.httpMethod;
}

function lifted(limit: number): number {
  return limit < 0 ? Infinity : limit;
}
