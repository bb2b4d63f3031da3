const WINDOW_MS = 1000;

/**
 * Admits at most `capacity` requests in any span of one second: the exact reading of "requests per second".
 * Remembers the instant of each of the last `capacity` admissions, oldest at `#next`.
 */
export class RequestWindow {
  #admittedAtMs: Float64Array;
  #next = 0;

  /** @param capacity requests per second, an integer ≥ 0 */
  constructor(capacity: number) {
    this.#admittedAtMs = new Float64Array(capacity).fill(-Infinity);
  }

  hasRoom(nowMs: number): boolean {
    const oldestMs = this.#admittedAtMs[this.#next];
    return oldestMs !== undefined && nowMs - oldestMs >= WINDOW_MS;
  }

  /** Counts a request that was let in; the caller asked `hasRoom` at the same instant. */
  add(nowMs: number): void {
    if (this.#admittedAtMs.length === 0) return;
    this.#admittedAtMs[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#admittedAtMs.length;
  }

  /** A window of another capacity that still counts what this one let in. */
  resized(capacity: number): RequestWindow {
    const window = new RequestWindow(capacity);
    const size = this.#admittedAtMs.length;
    const oldestFirst = Array.from({ length: size }, (_, i) => this.#admittedAtMs[(this.#next + i) % size]);
    for (const admittedAtMs of oldestFirst.slice(-capacity || size)) window.add(admittedAtMs ?? -Infinity);
    return window;
  }
}
