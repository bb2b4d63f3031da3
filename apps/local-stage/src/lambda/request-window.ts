const WINDOW_MS = 1000;

/** Grows by doubling, up to the capacity, as far as one second ever needs. */
const FIRST_SLOTS = 4;

/**
 * Admits at most `capacity` requests in any span of one second: the exact reading of "requests per second".
 * Remembers the instant of each of the last admissions, as many as one second had at most, oldest at `#next`.
 */
export class RequestWindow {
  readonly #capacity: number;
  #admittedAtMs: Float64Array;
  #next = 0;

  /** @param capacity requests per second, an integer ≥ 0 */
  constructor(capacity: number) {
    this.#capacity = capacity;
    this.#admittedAtMs = new Float64Array(Math.min(capacity, FIRST_SLOTS)).fill(-Infinity);
  }

  hasRoom(nowMs: number): boolean {
    return this.#admittedAtMs.length < this.#capacity || this.#isOldestOut(nowMs);
  }

  /** Counts a request that was let in; the caller asked `hasRoom` at the same instant. */
  add(nowMs: number): void {
    if (this.#capacity === 0) return;
    if (this.#admittedAtMs.length < this.#capacity && !this.#isOldestOut(nowMs)) this.#grow();
    this.#admittedAtMs[this.#next] = nowMs;
    this.#next = (this.#next + 1) % this.#admittedAtMs.length;
  }

  /** A window of another capacity that still counts what this one let in. */
  resized(capacity: number): RequestWindow {
    const window = new RequestWindow(capacity);
    for (const admittedAtMs of this.#oldestFirst().slice(-capacity || undefined)) window.add(admittedAtMs);
    return window;
  }

  #isOldestOut(nowMs: number): boolean {
    const oldestMs = this.#admittedAtMs[this.#next];
    return oldestMs !== undefined && nowMs - oldestMs >= WINDOW_MS;
  }

  #grow(): void {
    const known = this.#oldestFirst();
    this.#admittedAtMs = new Float64Array(Math.min(this.#capacity, known.length * 2)).fill(-Infinity);
    this.#admittedAtMs.set(known);
    this.#next = known.length;
  }

  #oldestFirst(): Float64Array {
    const { length } = this.#admittedAtMs;
    return this.#admittedAtMs.map((_, index, all) => all[(this.#next + index) % length] as number);
  }
}
