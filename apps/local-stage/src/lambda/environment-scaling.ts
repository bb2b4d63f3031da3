import { TokenBucket, type BucketLimits } from '@spillway/throttle';

/** New execution environments of a function: 1,000 in 10 s, refilled continuously, not saved up beyond (F33). */
export const LAMBDA_SCALING: BucketLimits = { rateLimit: 100, burstLimit: 1_000 };

/** How long Lambda keeps an environment that has nothing to do: no promise of AWS's, seen to be some minutes **?**. */
const IDLE_MS = 5 * 60_000;

/**
 * How many execution environments a function would have on Lambda, and whether it may have one more. This machine's
 * processes are another number: they are few, and their starts wait where Lambda's don't.
 */
export class EnvironmentScaling {
  readonly #bucket: TokenBucket;
  #spanStartMs = 0;
  /** Most invocations at once in this span of time and in the one before: so many environments are there. */
  #peak = 0;
  #peakBefore = 0;

  constructor(limits: BucketLimits = LAMBDA_SCALING) {
    // Full since the beginning of time: no clock starts below 0.
    this.#bucket = new TokenBucket(limits, 0);
  }

  /**
   * Whether there is an environment for one more invocation, an idle or a new one.
   * @param inUse invocations that run now
   */
  admit(inUse: number, nowMs: number): 'admitted' | 'throttled' {
    this.#forgetIdle(inUse, nowMs);
    if (inUse < this.#peak || inUse < this.#peakBefore) {
      this.#peak = Math.max(this.#peak, inUse + 1);
      return 'admitted';
    }
    if (this.#bucket.admit(nowMs) === 'throttled') return 'throttled';
    this.#peak = inUse + 1;
    return 'admitted';
  }

  #forgetIdle(inUse: number, nowMs: number): void {
    const elapsedMs = nowMs - this.#spanStartMs;
    if (elapsedMs < IDLE_MS) return;
    this.#peakBefore = elapsedMs < 2 * IDLE_MS ? this.#peak : inUse;
    this.#peak = inUse;
    this.#spanStartMs = nowMs;
  }
}
