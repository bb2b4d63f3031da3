/** F40: what a new on-demand table takes at once, units/s. */
export const INITIAL_UNITS_PER_SECOND = { write: 4_000, read: 12_000 } as const;

/** F42: no table takes more unless AWS raised the quota, units/s, for reads and for writes. */
export const TABLE_QUOTA_PER_SECOND = 40_000;

/** A peak that is younger does not count as a previous one (F40). */
const SETTLING_MS = 30 * 60_000;

/** A peak is the mean rate of a minute; AWS does not say what it takes for one **?**. */
const WINDOW_MS = 60_000;

/**
 * How much an on-demand table takes at once. AWS says it may throttle above twice the previous peak within 30 minutes
 * (F40); this always does: the capacity is twice the highest minute of more than 30 minutes ago, and never less than
 * what the table started with. AWS often grows sooner, so what passes here passes there.
 */
export class OnDemandGrowth {
  readonly #startPerSecond: number;
  #settledPeakPerSecond = 0;
  /** Minutes of the last half hour, oldest first. */
  readonly #recent: { readonly endMs: number; readonly unitsPerSecond: number }[] = [];
  #windowStartMs: number;
  #windowUnits = 0;

  /** @param startPerSecond initial or warm throughput, units/s */
  constructor(startPerSecond: number, nowMs: number) {
    this.#startPerSecond = startPerSecond;
    this.#windowStartMs = nowMs;
  }

  /** Counts what was consumed; a negative number takes back. */
  consume(units: number, nowMs: number): void {
    this.#advance(nowMs);
    this.#windowUnits += units;
  }

  /** Units/s. */
  capacityPerSecond(nowMs: number): number {
    this.#advance(nowMs);
    return Math.min(TABLE_QUOTA_PER_SECOND, Math.max(this.#startPerSecond, 2 * this.#settledPeakPerSecond));
  }

  #advance(nowMs: number): void {
    if (nowMs >= this.#windowStartMs + WINDOW_MS) {
      const endMs = this.#windowStartMs + WINDOW_MS;
      this.#recent.push({ endMs, unitsPerSecond: (this.#windowUnits / WINDOW_MS) * 1000 });
      this.#windowUnits = 0;
      // Idle minutes in between were no peaks.
      this.#windowStartMs = nowMs - ((nowMs - endMs) % WINDOW_MS);
    }
    while (this.#recent[0] && this.#recent[0].endMs + SETTLING_MS <= nowMs) {
      this.#settledPeakPerSecond = Math.max(this.#settledPeakPerSecond, this.#recent[0].unitsPerSecond);
      this.#recent.shift();
    }
  }
}
