/** Refill in requests/s and size in requests, as API Gateway names them (F1). */
export interface BucketLimits {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

/**
 * An ideal lazily-refilled token bucket: one token a request, full at the start (F1).
 * Admits at most `burstLimit + rateLimit × elapsed` requests over any span that starts with a full bucket.
 */
export class TokenBucket {
  #limits: BucketLimits;
  #tokens: number;
  #refilledAtMs: number;

  constructor(limits: BucketLimits, nowMs: number) {
    this.#limits = limits;
    this.#tokens = limits.burstLimit;
    this.#refilledAtMs = nowMs;
  }

  /** Takes a token if there is one. A clock that goes back refills nothing. */
  admit(nowMs: number): 'admitted' | 'throttled' {
    this.#refill(nowMs);
    if (this.#tokens < 1) return 'throttled';
    this.#tokens -= 1;
    return 'admitted';
  }

  /** New limits from now on; the tokens at hand are kept, up to the new size. */
  limit(limits: BucketLimits, nowMs: number): void {
    this.#refill(nowMs);
    this.#limits = limits;
    this.#tokens = Math.min(this.#tokens, limits.burstLimit);
  }

  #refill(nowMs: number): void {
    const elapsedMs = nowMs - this.#refilledAtMs;
    if (elapsedMs <= 0) return;
    this.#tokens = Math.min(
      this.#limits.burstLimit,
      this.#tokens + (this.#limits.rateLimit * elapsedMs) / 1000,
    );
    this.#refilledAtMs = nowMs;
  }
}
