import { simulatedOutcomes } from './outcomes.ts';

/** What is known of each second besides outcomes; a column each. */
export const secondColumns = [
  /** New requests that arrived. */
  'requests',
  /** Attempts of clients that retried. */
  'retries',
  /** Acknowledged, but later than the SLO's T. */
  'late',
  'coldStarts',
  /** Time in which environments were in use, ms, summed over them: ÷ 1,000 is their mean number. */
  'inUseMs',
  'inUseMax',
  /** Environments, in use or idle, at the second's end. */
  'environments',
  'writeUnits',
  'writesThrottled',
] as const;
export type SecondColumn = (typeof secondColumns)[number];

const OUTCOMES = simulatedOutcomes.length;
const WIDTH = OUTCOMES + secondColumns.length;

/** Column of each fact in a row, after the outcomes: what the inner loop counts with. */
export const COLUMN = {
  requests: OUTCOMES,
  retries: OUTCOMES + 1,
  late: OUTCOMES + 2,
  coldStarts: OUTCOMES + 3,
  inUseMs: OUTCOMES + 4,
  inUseMax: OUTCOMES + 5,
  environments: OUTCOMES + 6,
  writeUnits: OUTCOMES + 7,
  writesThrottled: OUTCOMES + 8,
} as const satisfies Record<SecondColumn, number>;

/** A row a second, a column a fact; columns 0 to 10 are outcomes, by the second in which the request arrived. */
export class SecondTable {
  #cells = new Float64Array(WIDTH * 256);
  #seconds = 0;

  /** Seconds that something is known of. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Adds to the fact of the second that `atMs` lies in. */
  add(column: number, atMs: number, amount: number): void {
    // Found first: it may move the cells.
    const cell = this.#cellOf(column, atMs);
    (this.#cells[cell] as number) += amount;
  }

  raise(column: number, atMs: number, value: number): void {
    const cell = this.#cellOf(column, atMs);
    if (value > (this.#cells[cell] as number)) this.#cells[cell] = value;
  }

  /** All seconds of one column. */
  column(column: number): Float64Array {
    return Float64Array.from(
      { length: this.#seconds },
      (_, row) => this.#cells[row * WIDTH + column] as number,
    );
  }

  #cellOf(column: number, atMs: number): number {
    const row = (atMs / 1000) | 0;
    if (row >= this.#seconds) this.#reach(row);
    return row * WIDTH + column;
  }

  #reach(row: number): void {
    this.#seconds = row + 1;
    const needed = this.#seconds * WIDTH;
    if (needed <= this.#cells.length) return;
    const grown = new Float64Array(Math.max(needed, this.#cells.length * 2));
    grown.set(this.#cells);
    this.#cells = grown;
  }
}
