/** Refill in requests/s and size in requests, as API Gateway names them (F1). */
export interface BucketLimits {
  readonly rateLimit: number;
  readonly burstLimit: number;
}

const TOKEN = 1000;

/**
 * An ideal lazily-refilled token bucket: one token a request, full at the start (F1).
 * Admits at most `burstLimit + rateLimit × elapsed` requests over any span that starts with a full bucket.
 * It counts in thousandths of a token, so that whole rates over whole milliseconds add up exactly.
 */
export class TokenBucket {
  #limits: BucketLimits;
  #thousandths: number;
  #refilledAtMs: number;

  constructor(limits: BucketLimits, nowMs: number) {
    this.#limits = limits;
    this.#thousandths = limits.burstLimit * TOKEN;
    this.#refilledAtMs = nowMs;
  }

  /** Takes a token if there is one. A clock that goes back refills nothing. */
  admit(nowMs: number): 'admitted' | 'throttled' {
    this.#refill(nowMs);
    if (this.#thousandths < TOKEN) return 'throttled';
    this.#thousandths -= TOKEN;
    return 'admitted';
  }

  /** New limits from now on; the tokens at hand are kept, up to the new size. */
  limit(limits: BucketLimits, nowMs: number): void {
    this.#refill(nowMs);
    this.#limits = limits;
    this.#thousandths = Math.min(this.#thousandths, limits.burstLimit * TOKEN);
  }

  #refill(nowMs: number): void {
    const elapsedMs = nowMs - this.#refilledAtMs;
    if (elapsedMs <= 0) return;
    this.#thousandths = Math.min(
      this.#limits.burstLimit * TOKEN,
      this.#thousandths + this.#limits.rateLimit * elapsedMs,
    );
    this.#refilledAtMs = nowMs;
  }
}
