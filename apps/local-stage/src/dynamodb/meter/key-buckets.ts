import { UnitBucket, type UnitLimits } from './unit-bucket.ts';

/** After this long the buckets that have filled up again are dropped. */
const SWEEP_MS = 2_000;

/**
 * A bucket for each partition key value that was used of late (F41). A value has at most a partition of its own, so
 * one second of a partition's throughput is all it gets. Simplified: AWS keeps up to 300 s of a partition's unused
 * throughput for bursts, and several keys may share a partition until adaptive capacity parts them; neither is modelled.
 */
export class KeyBuckets {
  readonly #limits: UnitLimits;
  #byKey = new Map<string, UnitBucket>();
  #sweptAtMs: number;

  constructor(unitsPerSecond: number, nowMs: number) {
    this.#limits = { unitsPerSecond, size: unitsPerSecond };
    this.#sweptAtMs = nowMs;
  }

  /** Whether the key has so many units at hand. */
  has(key: string, units: number, nowMs: number): boolean {
    return this.#byKey.get(key)?.has(units, nowMs) ?? true;
  }

  /** Takes them; a negative number gives back. */
  charge(key: string, units: number, nowMs: number): void {
    if (nowMs - this.#sweptAtMs >= SWEEP_MS) this.#sweep(nowMs);
    let bucket = this.#byKey.get(key);
    if (!bucket) this.#byKey.set(key, (bucket = new UnitBucket(this.#limits, nowMs)));
    bucket.charge(units, nowMs);
  }

  /** Buckets in memory. */
  get size(): number {
    return this.#byKey.size;
  }

  #sweep(nowMs: number): void {
    this.#sweptAtMs = nowMs;
    this.#byKey = new Map([...this.#byKey].filter(([, bucket]) => !bucket.isFull(nowMs)));
  }
}
