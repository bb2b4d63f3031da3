import type { AccessThroughput, TableThroughput } from '../../template/table-throughput.ts';
import { KeyBuckets } from './key-buckets.ts';
import { INITIAL_UNITS_PER_SECOND, OnDemandGrowth, TABLE_QUOTA_PER_SECOND } from './on-demand-growth.ts';
import { UnitBucket } from './unit-bucket.ts';

/** What a table is used for; each has a capacity of its own. */
export type Access = 'write' | 'read';

/** Why there is no capacity, as in AWS's ThrottlingReason. */
export type LimitType =
  | 'ProvisionedThroughputExceeded'
  | 'MaxOnDemandThroughputExceeded'
  | 'AccountLimitExceeded'
  | 'KeyRangeThroughputExceeded';

/** F41: units/s of one partition. */
const PARTITION_UNITS_PER_SECOND = { write: 1_000, read: 3_000 } as const;

/** F44: seconds of unused throughput that a provisioned table keeps. */
const BURST_CREDIT_SECONDS = 300;

/** What AWS takes where a provisioned table declares nothing: CDK's default (F44). */
const DEFAULT_PROVISIONED_PER_SECOND = 5;

/**
 * The reads or the writes of one table, each partition key value within them.
 * A provisioned table starts with its burst credit full, as one that nobody used for five minutes. An on-demand table
 * has one second's worth: AWS promises it no bursts.
 */
export class AccessCapacity {
  readonly #declared: AccessThroughput;
  readonly #bucket: UnitBucket;
  readonly #keys: KeyBuckets;
  readonly #growth: OnDemandGrowth | null;
  #binding: { readonly unitsPerSecond: number; readonly limitType: LimitType };

  constructor(access: Access, throughput: TableThroughput, nowMs: number) {
    this.#declared = throughput[access];
    this.#keys = new KeyBuckets(PARTITION_UNITS_PER_SECOND[access], nowMs);
    if (throughput.billingMode === 'PROVISIONED') {
      const unitsPerSecond = this.#declared.provisionedPerSecond ?? DEFAULT_PROVISIONED_PER_SECOND;
      this.#growth = null;
      this.#binding = { unitsPerSecond, limitType: 'ProvisionedThroughputExceeded' };
      this.#bucket = new UnitBucket({ unitsPerSecond, size: BURST_CREDIT_SECONDS * unitsPerSecond }, nowMs);
      return;
    }
    const initialPerSecond = INITIAL_UNITS_PER_SECOND[access];
    this.#growth = new OnDemandGrowth(Math.max(initialPerSecond, this.#declared.warmPerSecond ?? 0), nowMs);
    this.#binding = this.#onDemandBinding(this.#growth, nowMs);
    const { unitsPerSecond } = this.#binding;
    this.#bucket = new UnitBucket({ unitsPerSecond, size: unitsPerSecond }, nowMs);
  }

  /**
   * Takes the units if the table and the key have them.
   * @param key partition key value; null where a call has none
   * @returns why not, or null
   */
  admit(key: string | null, units: number, nowMs: number): LimitType | null {
    this.#grow(nowMs);
    if (!this.#bucket.has(units, nowMs)) return this.#binding.limitType;
    if (key !== null && !this.#keys.has(key, units, nowMs)) return 'KeyRangeThroughputExceeded';
    this.charge(key, units, nowMs);
    return null;
  }

  /** Takes what became known later; a negative number gives back. */
  charge(key: string | null, units: number, nowMs: number): void {
    this.#bucket.charge(units, nowMs);
    if (key !== null) this.#keys.charge(key, units, nowMs);
    this.#growth?.consume(units, nowMs);
  }

  #grow(nowMs: number): void {
    if (!this.#growth) return;
    const binding = this.#onDemandBinding(this.#growth, nowMs);
    if (binding.unitsPerSecond === this.#binding.unitsPerSecond) return;
    this.#binding = binding;
    this.#bucket.limit({ unitsPerSecond: binding.unitsPerSecond, size: binding.unitsPerSecond }, nowMs);
  }

  #onDemandBinding(growth: OnDemandGrowth, nowMs: number): { unitsPerSecond: number; limitType: LimitType } {
    const capacityPerSecond = growth.capacityPerSecond(nowMs);
    const maximumPerSecond = this.#declared.maximumPerSecond ?? Infinity;
    if (maximumPerSecond < capacityPerSecond) {
      return { unitsPerSecond: maximumPerSecond, limitType: 'MaxOnDemandThroughputExceeded' };
    }
    const limitType =
      capacityPerSecond < TABLE_QUOTA_PER_SECOND ? 'KeyRangeThroughputExceeded' : 'AccountLimitExceeded';
    return { unitsPerSecond: capacityPerSecond, limitType };
  }
}
