const WINDOW_MS = 1000;

/**
 * Lets at most `capacity` requests in within any span of one second: the strict reading of "requests per second", that
 * of the local stage. Remembers as many instants as one second may have.
 */
export class RequestWindow {
  readonly #admittedAtMs: Float64Array;
  /** Where the oldest is. */
  #next = 0;

  /** @param capacity requests per second, whole, ≥ 1 */
  constructor(capacity: number) {
    this.#admittedAtMs = new Float64Array(capacity).fill(-Infinity);
  }

  hasRoom(nowMs: number): boolean {
    return nowMs - (this.#admittedAtMs[this.#next] as number) >= WINDOW_MS;
  }

  /** Counts a request that was let in, at the instant for which `hasRoom` was asked. */
  add(nowMs: number): void {
    this.#admittedAtMs[this.#next] = nowMs;
    this.#next = this.#next + 1 === this.#admittedAtMs.length ? 0 : this.#next + 1;
  }
}
