import { COLUMN, type SecondTable } from '../results/second-table.ts';

/** Keeps how many environments were in use, second by second: the time in use, the most at once, how many there are. */
export class InUseTrack {
  readonly #seconds: SecondTable;
  readonly #environmentsAt: (nowMs: number) => number;
  #atMs = 0;
  #endMs = 1000;
  #inUse = 0;
  #areaMs = 0;
  #max = 0;

  constructor(seconds: SecondTable, environmentsAt: (nowMs: number) => number) {
    this.#seconds = seconds;
    this.#environmentsAt = environmentsAt;
  }

  /** From now on that many are in use. Time doesn't go back. */
  change(inUse: number, nowMs: number): void {
    while (nowMs >= this.#endMs) this.#closeSecond();
    this.#areaMs += (nowMs - this.#atMs) * this.#inUse;
    this.#atMs = nowMs;
    this.#inUse = inUse;
    if (inUse > this.#max) this.#max = inUse;
  }

  /** Writes down the seconds up to the one that `nowMs` lies in, or ends. */
  close(nowMs: number): void {
    this.change(this.#inUse, nowMs);
    if (nowMs > this.#endMs - 1000) this.#closeSecond();
  }

  #closeSecond(): void {
    const startMs = this.#endMs - 1000;
    const areaMs = this.#areaMs + (this.#endMs - this.#atMs) * this.#inUse;
    // Asked just before the second ends: what is idle for too long then counts no more.
    const environments = this.#environmentsAt(this.#endMs);
    this.#seconds.add(COLUMN.inUseMs, startMs, areaMs);
    this.#seconds.add(COLUMN.environments, startMs, environments);
    this.#seconds.raise(COLUMN.inUseMax, startMs, this.#max);
    this.#areaMs = 0;
    this.#max = this.#inUse;
    this.#atMs = this.#endMs;
    this.#endMs += 1000;
  }
}
