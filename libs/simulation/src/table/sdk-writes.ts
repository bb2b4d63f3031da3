import type { RequestSlots } from '../events/request-slots.ts';
import { COLUMN, type SecondTable } from '../results/second-table.ts';
import type { TableModel } from './table-model.ts';
import type { TableWrites } from './table-writes.ts';

/** What `attempt` says besides an instant. */
export const WRITTEN = -1;
export const NOT_WRITTEN = Infinity;

/** The SDK inside the function: tries a throttled write again until its attempts or its budget are used up. */
export class SdkWrites {
  readonly #model: TableModel;
  readonly #table: TableWrites;
  readonly #slots: RequestSlots;
  readonly #seconds: SecondTable;
  readonly #uniform: () => number;

  /** @param uniform stream of the back-off's jitter */
  constructor(
    model: TableModel,
    table: TableWrites,
    slots: RequestSlots,
    seconds: SecondTable,
    uniform: () => number,
  ) {
    this.#model = model;
    this.#table = table;
    this.#slots = slots;
    this.#seconds = seconds;
    this.#uniform = uniform;
  }

  /** Tries the write of an invocation. @returns when to try again, ms; or WRITTEN; or NOT_WRITTEN */
  attempt(slot: number, nowMs: number): number {
    const { writesThrottled, partition, abandonMs } = this.#slots;
    const { unitsPerWrite, sdk } = this.#model;
    const before = writesThrottled[slot] as number;
    if (before === 0) partition[slot] = this.#table.partition();
    else if (nowMs >= (abandonMs[slot] as number)) return NOT_WRITTEN;
    if (this.#table.write(partition[slot] as number, nowMs)) {
      this.#seconds.add(COLUMN.writeUnits, nowMs, unitsPerWrite);
      return WRITTEN;
    }
    this.#seconds.add(COLUMN.writesThrottled, nowMs, 1);
    if (before + 1 >= sdk.attempts) return NOT_WRITTEN;
    if (before === 0) abandonMs[slot] = nowMs + sdk.budgetMs;
    writesThrottled[slot] = before + 1;
    const backOffMs = this.#uniform() * sdk.baseMs * 2 ** (before + 1);
    return Math.min(abandonMs[slot] as number, nowMs + backOffMs);
  }
}
