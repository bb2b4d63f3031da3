/** Refill and size of a bucket of capacity units. */
export interface UnitLimits {
  readonly unitsPerSecond: number;
  /** Units. */
  readonly size: number;
}

/**
 * A token bucket over capacity units, full at the start. Other than a request's one token, what a call costs is known
 * in part only once the table has answered: that part is charged later and may leave a debt, which the calls after it
 * wait for. So admitted units ≤ size + rate × elapsed, plus what was charged late.
 */
export class UnitBucket {
  #limits: UnitLimits;
  #units: number;
  #refilledAtMs: number;

  constructor(limits: UnitLimits, nowMs: number) {
    this.#limits = limits;
    this.#units = limits.size;
    this.#refilledAtMs = nowMs;
  }

  /** Whether that many are at hand; a call larger than the bucket needs a full one. A clock that goes back refills nothing. */
  has(units: number, nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#units >= Math.min(units, this.#limits.size);
  }

  /** Takes them, at hand or not; a negative number gives back. */
  charge(units: number, nowMs: number): void {
    this.#refill(nowMs);
    this.#units = Math.min(this.#limits.size, this.#units - units);
  }

  /** Whether it is as if it had never been used. */
  isFull(nowMs: number): boolean {
    this.#refill(nowMs);
    return this.#units >= this.#limits.size;
  }

  /** New limits from now on; what is at hand grows with the bucket, as the room added comes filled. */
  limit(limits: UnitLimits, nowMs: number): void {
    this.#refill(nowMs);
    this.#units += Math.max(0, limits.size - this.#limits.size);
    this.#limits = limits;
    this.#units = Math.min(this.#units, limits.size);
  }

  #refill(nowMs: number): void {
    const elapsedMs = nowMs - this.#refilledAtMs;
    if (elapsedMs <= 0) return;
    this.#units = Math.min(this.#limits.size, this.#units + (this.#limits.unitsPerSecond * elapsedMs) / 1000);
    this.#refilledAtMs = nowMs;
  }
}
