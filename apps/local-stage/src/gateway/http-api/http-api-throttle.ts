import { TokenBucket, type BucketLimits } from '@spillway/throttle';
import type { HttpStageModel, RouteSettingModel } from '../../template/http-api/http-stage-model.ts';

/** Where no setting speaks of a route, only the account's bucket binds it. */
const UNLIMITED: BucketLimits = { rateLimit: Infinity, burstLimit: Infinity };

/**
 * Throttles of one HTTP API stage, with limits that can change while it serves. Each route has a bucket of its own,
 * also under the stage's default: that it is not one bucket for the stage is drawn from REST APIs (F4), unverified.
 */
export class HttpStageThrottle {
  readonly #buckets: ReadonlyMap<string, TokenBucket>;
  #default: RouteSettingModel;
  readonly #byRouteKey: Map<string, RouteSettingModel>;

  constructor(stage: HttpStageModel, nowMs: number) {
    this.#default = stage.defaultRouteSetting;
    this.#byRouteKey = new Map(Object.entries(stage.routeSettings));
    this.#buckets = new Map(
      stage.routes.map(({ routeKey }) => [routeKey, new TokenBucket(this.#limitsOf(routeKey), nowMs)]),
    );
  }

  /** The route's own bucket. */
  bucketOf(routeKey: string): TokenBucket {
    return this.#buckets.get(routeKey) ?? new TokenBucket(UNLIMITED, 0);
  }

  /** The stage's default as it binds now. */
  defaultSetting(): RouteSettingModel {
    return this.#default;
  }

  /** Settings of single routes as they bind now, by route key. */
  routeSettings(): ReadonlyMap<string, RouteSettingModel> {
    return this.#byRouteKey;
  }

  /** Whether the route has metrics of its own (F61). */
  isDetailed(routeKey: string): boolean {
    return this.#byRouteKey.get(routeKey)?.detailedMetrics ?? this.#default.detailedMetrics ?? false;
  }

  /** Changes the default; binds the next request. */
  changeDefault(change: RouteSettingModel, nowMs: number): void {
    this.#default = { ...this.#default, ...change };
    this.#apply(nowMs);
  }

  /** Changes the setting of one route, or makes it; binds the next request. */
  changeRoute(routeKey: string, change: RouteSettingModel, nowMs: number): void {
    this.#byRouteKey.set(routeKey, { ...this.#byRouteKey.get(routeKey), ...change });
    this.#apply(nowMs);
  }

  /** Forgets a route's setting: the default binds it again. False where it had none. */
  removeRoute(routeKey: string, nowMs: number): boolean {
    const wasThere = this.#byRouteKey.delete(routeKey);
    this.#apply(nowMs);
    return wasThere;
  }

  #apply(nowMs: number): void {
    for (const [routeKey, bucket] of this.#buckets) bucket.limit(this.#limitsOf(routeKey), nowMs);
  }

  /** Value by value: a route that sets its rate alone keeps the default's burst, which is unverified. */
  #limitsOf(routeKey: string): BucketLimits {
    const own = this.#byRouteKey.get(routeKey);
    return {
      rateLimit: own?.rateLimit ?? this.#default.rateLimit ?? UNLIMITED.rateLimit,
      burstLimit: own?.burstLimit ?? this.#default.burstLimit ?? UNLIMITED.burstLimit,
    };
  }
}
