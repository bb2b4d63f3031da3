import { ENVIRONMENTS_AT_ONCE, ENVIRONMENTS_PER_SECOND } from '@spillway/capacity';
import { TokenBucket } from '@spillway/throttle';

/** New environments of a function: 1,000 in 10 s, refilled continuously, not saved up beyond (F33). */
const SCALING = { rateLimit: ENVIRONMENTS_PER_SECOND, burstLimit: ENVIRONMENTS_AT_ONCE };

/**
 * A function's execution environments. One that is done is kept idle; the next invocation takes the one that was used
 * last, so that those beyond what is needed grow old and end.
 */
export class Environments {
  readonly #idleLimitMs: number;
  readonly #scaling = new TokenBucket(SCALING, 0);
  /** When each idle one became so, oldest first: from `#oldest` up to `#end`. */
  #idleSinceMs: Float64Array;
  #oldest = 0;
  #end: number;

  /**
   * @param idleLimitMs how long an idle one is kept
   * @param warm environments that are there, idle, at time 0
   */
  constructor(idleLimitMs: number, warm: number) {
    this.#idleLimitMs = idleLimitMs;
    this.#idleSinceMs = new Float64Array(Math.max(1024, warm));
    this.#end = warm;
  }

  /** How many are idle. */
  idle(nowMs: number): number {
    const endedMs = nowMs - this.#idleLimitMs;
    while (this.#oldest < this.#end && (this.#idleSinceMs[this.#oldest] as number) <= endedMs)
      this.#oldest += 1;
    return this.#end - this.#oldest;
  }

  /** Takes an environment for an invocation: an idle one, a new one, or none where too many were started (F33). */
  start(nowMs: number): 'warm' | 'cold' | 'refused' {
    if (this.idle(nowMs) > 0) {
      this.#end -= 1;
      return 'warm';
    }
    return this.#scaling.admit(nowMs) === 'admitted' ? 'cold' : 'refused';
  }

  /** An invocation is over. */
  release(nowMs: number): void {
    if (this.#end === this.#idleSinceMs.length) this.#makeRoom();
    this.#idleSinceMs[this.#end++] = nowMs;
  }

  /** Moves the idle ones to the front, into a larger array where they are many. */
  #makeRoom(): void {
    const kept = this.#idleSinceMs.subarray(this.#oldest, this.#end);
    const length =
      kept.length * 2 > this.#idleSinceMs.length ? this.#idleSinceMs.length * 2 : this.#idleSinceMs.length;
    const moved = new Float64Array(length);
    moved.set(kept);
    this.#idleSinceMs = moved;
    this.#end = kept.length;
    this.#oldest = 0;
  }
}
