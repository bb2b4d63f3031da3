/**
 * Token buckets of one size side by side: a client's, a partition's, a table's. The arithmetic is that of `TokenBucket`
 * in libs/throttle (a property test holds them together), which takes one token at a time and has one object a bucket.
 */
export class UnitBuckets {
  #perMs: number;
  #size: number;
  readonly #tokens: Float64Array;
  readonly #refilledAtMs: Float64Array;

  /** @param perSecond refill, units/s; all buckets are full at time 0 */
  constructor(count: number, perSecond: number, size: number) {
    this.#perMs = perSecond / 1000;
    this.#size = size;
    this.#tokens = new Float64Array(count).fill(size);
    this.#refilledAtMs = new Float64Array(count);
  }

  /** Whether a bucket has that many units now; takes none. */
  has(bucket: number, units: number, nowMs: number): boolean {
    const elapsedMs = nowMs - (this.#refilledAtMs[bucket] as number);
    if (elapsedMs > 0) {
      const tokens = (this.#tokens[bucket] as number) + elapsedMs * this.#perMs;
      this.#tokens[bucket] = tokens < this.#size ? tokens : this.#size;
      this.#refilledAtMs[bucket] = nowMs;
    }
    return (this.#tokens[bucket] as number) >= units - ROUNDING_UNITS;
  }

  /** Takes units after `has` said that they are there, at the same instant. */
  take(bucket: number, units: number): void {
    (this.#tokens[bucket] as number) -= units;
  }

  /** New limits of all buckets from now on; what they hold is kept, up to the new size. */
  limit(perSecond: number, size: number, nowMs: number): void {
    for (let bucket = 0; bucket < this.#tokens.length; bucket += 1) this.has(bucket, 0, nowMs);
    this.#perMs = perSecond / 1000;
    this.#size = size;
    for (let bucket = 0; bucket < this.#tokens.length; bucket += 1) {
      this.#tokens[bucket] = Math.min(size, this.#tokens[bucket] as number);
    }
  }
}

/** Sums of refills end some 1e-13 short of a whole unit. */
const ROUNDING_UNITS = 1e-9;
