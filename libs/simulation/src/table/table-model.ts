/** The table that each invocation writes one item to. */
export interface TableModel {
  /** On demand: what it takes at the start, or its warm throughput (F40). */
  readonly writeUnitsPerSecond: number;
  /** Units of one item (F43). */
  readonly unitsPerWrite: number;
  /** Share of the writes that go to one partition key, 0–1; all others lie evenly over the partitions. */
  readonly hotKeyRatio: number;
  readonly sdk: SdkRetries;
}

/**
 * How the SDK inside the function tries a throttled write again: before retry k (from 1) it waits for a random time up to
 * base · 2^k (AWS SDK for JavaScript 3, standard mode: base 500 ms after throttling).
 */
export interface SdkRetries {
  /** Attempts in all; from 1 to 255. */
  readonly attempts: number;
  readonly baseMs: number;
  /** The write fails this long after its first attempt at the latest, ms. */
  readonly budgetMs: number;
}
