import { isDeepStrictEqual } from 'node:util';
import type { BucketLimits, TokenBucket } from '@spillway/throttle';
import type { HttpStageModel, RouteSettingModel } from '../../template/http-api/http-stage-model.ts';
import { ThrottleBuckets, UNLIMITED } from '../throttle-buckets.ts';

/**
 * Throttles of one HTTP API stage, with limits that can change while it serves. Each route has a bucket of its own,
 * also under the stage's default: that it is not one bucket for the stage is drawn from REST APIs (F4), unverified.
 */
export class HttpStageThrottle {
  readonly #stage: HttpStageModel;
  readonly #buckets: ThrottleBuckets<string>;
  #default: RouteSettingModel;
  readonly #byRouteKey: Map<string, RouteSettingModel>;

  /** @param before of the same stage: its buckets go on, and its settings where the template has the same as then */
  constructor(stage: HttpStageModel, nowMs: number, before?: HttpStageThrottle) {
    this.#stage = stage;
    const isSame = before !== undefined && isDeepStrictEqual(declared(before.#stage), declared(stage));
    this.#default = isSame ? before.#default : stage.defaultRouteSetting;
    this.#byRouteKey = new Map(isSame ? before.#byRouteKey : Object.entries(stage.routeSettings));
    const routeKeys = stage.routes.map(({ routeKey }) => routeKey);
    const limitsOf = (routeKey: string): BucketLimits => this.#limitsOf(routeKey);
    this.#buckets = new ThrottleBuckets(routeKeys, limitsOf, nowMs, (key) => before?.find(key));
  }

  /** The route's own bucket. */
  bucketOf(routeKey: string): TokenBucket {
    return this.#buckets.of(routeKey);
  }

  /** Undefined for a route that the stage does not have. */
  find(routeKey: string): TokenBucket | undefined {
    return this.#buckets.find(routeKey);
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
    this.#buckets.applySettings(nowMs);
  }

  /** Changes the setting of one route, or makes it; binds the next request. */
  changeRoute(routeKey: string, change: RouteSettingModel, nowMs: number): void {
    this.#byRouteKey.set(routeKey, { ...this.#byRouteKey.get(routeKey), ...change });
    this.#buckets.applySettings(nowMs);
  }

  /** Forgets a route's setting: the default binds it again. False where it had none. */
  removeRoute(routeKey: string, nowMs: number): boolean {
    const wasThere = this.#byRouteKey.delete(routeKey);
    this.#buckets.applySettings(nowMs);
    return wasThere;
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

function declared({ defaultRouteSetting, routeSettings }: HttpStageModel): unknown {
  return [defaultRouteSetting, routeSettings];
}
