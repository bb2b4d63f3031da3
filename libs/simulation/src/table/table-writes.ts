import { PARTITION_WRITE_UNITS_PER_SECOND, TABLE_QUOTA_WRITE_UNITS_PER_SECOND } from '@spillway/capacity';
import { UnitBuckets } from '../unit-buckets.ts';
import type { TableModel } from './table-model.ts';

/** A peak counts as a previous one after this time (F40), ms. */
const SETTLING_MS = 30 * 60_000;
/** A peak is the mean rate of a minute; AWS does not say what it takes for one **?**. */
const MINUTE_MS = 60_000;
const SETTLING_MINUTES = SETTLING_MS / MINUTE_MS;

/**
 * An on-demand table and its partitions: as many as its throughput needs, each with 1,000 units/s of its own (F41). It
 * takes one second's worth at once; AWS promises it no bursts. Its throughput is twice the highest minute of more than half an
 * hour ago (F40), never less than at the start.
 */
export class TableWrites {
  readonly #model: TableModel;
  readonly #uniform: () => number;
  readonly #table: UnitBuckets;
  readonly #partitions: UnitBuckets;
  #partitionCount: number;
  #unitsPerSecond: number;
  /** Units of each of the last 30 minutes, by minute modulo 30. */
  readonly #minutes = new Float64Array(SETTLING_MINUTES);
  #minute = 0;
  #minuteUnits = 0;

  /** @param uniform stream of the partition keys */
  constructor(model: TableModel, uniform: () => number) {
    this.#model = model;
    this.#uniform = uniform;
    this.#unitsPerSecond = Math.min(TABLE_QUOTA_WRITE_UNITS_PER_SECOND, model.writeUnitsPerSecond);
    this.#table = new UnitBuckets(1, this.#unitsPerSecond, this.#unitsPerSecond);
    const most = partitionsOf(TABLE_QUOTA_WRITE_UNITS_PER_SECOND);
    this.#partitions = new UnitBuckets(
      most,
      PARTITION_WRITE_UNITS_PER_SECOND,
      PARTITION_WRITE_UNITS_PER_SECOND,
    );
    this.#partitionCount = partitionsOf(this.#unitsPerSecond);
  }

  /** What the table takes now, write units/s. */
  get unitsPerSecond(): number {
    return this.#unitsPerSecond;
  }

  /** Draws the partition of a new item: the first is the hot key's. */
  partition(): number {
    const { hotKeyRatio } = this.#model;
    if (hotKeyRatio > 0 && this.#uniform() < hotKeyRatio) return 0;
    return Math.floor(this.#uniform() * this.#partitionCount);
  }

  /** Whether the table and the partition take one more item. */
  write(partition: number, nowMs: number): boolean {
    if (nowMs >= (this.#minute + 1) * MINUTE_MS) this.#closeMinutes(nowMs);
    const { unitsPerWrite } = this.#model;
    if (!this.#table.has(0, unitsPerWrite, nowMs)) return false;
    if (!this.#partitions.has(partition, unitsPerWrite, nowMs)) return false;
    this.#table.take(0, unitsPerWrite);
    this.#partitions.take(partition, unitsPerWrite);
    this.#minuteUnits += unitsPerWrite;
    return true;
  }

  #closeMinutes(nowMs: number): void {
    while (nowMs >= (this.#minute + 1) * MINUTE_MS) {
      const place = this.#minute % SETTLING_MINUTES;
      // What the place held is half an hour old now.
      const grown = Math.min(
        TABLE_QUOTA_WRITE_UNITS_PER_SECOND,
        (2 * (this.#minutes[place] as number)) / (MINUTE_MS / 1000),
      );
      this.#minutes[place] = this.#minuteUnits;
      this.#minuteUnits = 0;
      this.#minute += 1;
      if (grown <= this.#unitsPerSecond) continue;
      this.#unitsPerSecond = grown;
      this.#partitionCount = partitionsOf(grown);
      this.#table.limit(grown, grown, nowMs);
    }
  }
}

function partitionsOf(unitsPerSecond: number): number {
  return Math.ceil(unitsPerSecond / PARTITION_WRITE_UNITS_PER_SECOND);
}
