import { TokenBucket, type BucketLimits } from '@spillway/throttle';

/** Where no setting speaks of a route, only the account's bucket binds it. */
export const UNLIMITED: BucketLimits = { rateLimit: Infinity, burstLimit: Infinity };

/** One bucket for each method of a REST stage (F4), or each route of an HTTP API's, with limits that can change. */
export class ThrottleBuckets<K> {
  readonly #limitsOf: (key: K) => BucketLimits;
  readonly #buckets: ReadonlyMap<K, TokenBucket>;

  /**
   * @param limitsOf asked again each time that settings change
   * @param earlier a bucket that goes on, with the tokens that it has
   */
  constructor(
    keys: readonly K[],
    limitsOf: (key: K) => BucketLimits,
    nowMs: number,
    earlier: (key: K) => TokenBucket | undefined = () => undefined,
  ) {
    this.#limitsOf = limitsOf;
    this.#buckets = new Map(keys.map((key) => [key, earlier(key) ?? new TokenBucket(limitsOf(key), nowMs)]));
    this.applySettings(nowMs);
  }

  /** The bucket of one; a new one without limits where there is none. */
  of(key: K): TokenBucket {
    return this.find(key) ?? new TokenBucket(UNLIMITED, 0);
  }

  find(key: K): TokenBucket | undefined {
    return this.#buckets.get(key);
  }

  /** After a setting changed; binds the next request. */
  applySettings(nowMs: number): void {
    for (const [key, bucket] of this.#buckets) bucket.limit(this.#limitsOf(key), nowMs);
  }
}
