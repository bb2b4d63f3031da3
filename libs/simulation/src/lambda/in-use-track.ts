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
  #environmentsMax: number;

  /** @param environmentsAt how many there are, in use or idle; asked for instants that don't go back */
  constructor(seconds: SecondTable, environmentsAt: (nowMs: number) => number) {
    this.#seconds = seconds;
    this.#environmentsAt = environmentsAt;
    this.#environmentsMax = environmentsAt(0);
  }

  /** Most environments that there were at once. */
  get environmentsMax(): number {
    return this.#environmentsMax;
  }

  /** Writes down the seconds that end up to `nowMs`: to be called before anything happens then, which belongs to the next. */
  advance(nowMs: number): void {
    while (nowMs >= this.#endMs) this.#closeSecond();
  }

  /** From now on that many are in use. Time doesn't go back. */
  change(inUse: number, nowMs: number): void {
    this.#areaMs += (nowMs - this.#atMs) * this.#inUse;
    this.#atMs = nowMs;
    this.#inUse = inUse;
    if (inUse > this.#max) this.#max = inUse;
  }

  /** A new environment is there: at no other instant can there be more of them than before. */
  started(nowMs: number): void {
    this.#environmentsMax = Math.max(this.#environmentsMax, this.#environmentsAt(nowMs));
  }

  /** Writes down the second that `nowMs` lies in, unless nothing is known of it. */
  close(nowMs: number): void {
    const startMs = this.#endMs - 1000;
    if (nowMs > startMs || this.#seconds.seconds * 1000 > startMs) this.#closeSecond();
  }

  #closeSecond(): void {
    const startMs = this.#endMs - 1000;
    const areaMs = this.#areaMs + (this.#endMs - this.#atMs) * this.#inUse;
    // What is idle for too long when the second ends counts no more.
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
