import { outcomes, type Outcome } from '@spillway/capacity';

const PENDING = 255;

/** What became of one request, besides when. `errorType`: AWS's `x-amzn-ErrorType`, or a socket error's code. */
export interface Ending {
  readonly outcome: Outcome;
  /** 0 where no status line came. */
  readonly status: number;
  readonly errorType: string;
}

/** Spans of one request as its row in the log has them, ms. */
export interface SettledTimes {
  /** NaN where no connection came about. */
  readonly connectMs: number;
  /** From the intended instant; NaN where no first byte came. */
  readonly firstByteMs: number;
  /** From the intended instant. */
  readonly latencyMs: number;
}

/**
 * Every request of a step, a column a fact, from sending to its one ending. Times are ms from the step's start.
 * An ending is final: a request that was given up as a timeout stays one, whatever arrives later.
 */
export class AnswerLog {
  readonly intendedMs: Float64Array;
  readonly latenessMs: Float64Array;
  /** How long it waited for a connection of its own: 0 where an open one was free; NaN where none came about. */
  readonly connectMs: Float64Array;
  /** NaN where no first byte came. */
  readonly firstByteMs: Float64Array;
  readonly latencyMs: Float64Array;
  readonly outcome: Uint8Array;
  readonly status: Uint16Array;
  readonly errorTypes = new Map<number, string>();
  /** Most requests that were in flight at once. */
  inFlightMax = 0;
  sent = 0;
  settled = 0;
  #oldest = 0;

  constructor(intendedMs: Float64Array) {
    const count = intendedMs.length;
    this.intendedMs = intendedMs;
    this.latenessMs = new Float64Array(count);
    this.connectMs = new Float64Array(count).fill(Number.NaN);
    this.firstByteMs = new Float64Array(count).fill(Number.NaN);
    this.latencyMs = new Float64Array(count);
    this.outcome = new Uint8Array(count).fill(PENDING);
    this.status = new Uint16Array(count);
  }

  /** The next request in order goes out now. @returns its sequence */
  send(nowMs: number): number {
    const sequence = this.sent;
    this.latenessMs[sequence] = nowMs - this.#intended(sequence);
    this.sent += 1;
    this.inFlightMax = Math.max(this.inFlightMax, this.sent - this.settled);
    return sequence;
  }

  /** The last call counts: undici connects anew where a connection broke before the request was written. */
  connected(sequence: number, waitedMs: number): void {
    if (this.isPending(sequence)) this.connectMs[sequence] = waitedMs;
  }

  firstByte(sequence: number, nowMs: number): void {
    if (this.isPending(sequence)) this.firstByteMs[sequence] = nowMs - this.#intended(sequence);
  }

  isPending(sequence: number): boolean {
    return this.outcome[sequence] === PENDING;
  }

  /** Latency from the intended instant to now. */
  latencyAt(sequence: number, nowMs: number): number {
    return nowMs - this.#intended(sequence);
  }

  /** @returns false when the request had its ending already */
  settle(sequence: number, nowMs: number, ending: Ending): boolean {
    if (!this.isPending(sequence)) return false;
    this.latencyMs[sequence] = this.latencyAt(sequence, nowMs);
    this.outcome[sequence] = outcomes.indexOf(ending.outcome);
    this.status[sequence] = ending.status;
    if (ending.errorType !== '') this.errorTypes.set(sequence, ending.errorType);
    this.settled += 1;
    return true;
  }

  timesOf(sequence: number): SettledTimes {
    return {
      connectMs: this.connectMs[sequence] as number,
      firstByteMs: this.firstByteMs[sequence] as number,
      latencyMs: this.latencyMs[sequence] as number,
    };
  }

  /** Sequences sent and still without an ending, oldest first, that were intended before `intendedBeforeMs`. */
  *pending(intendedBeforeMs: number): Generator<number> {
    while (this.#oldest < this.sent && !this.isPending(this.#oldest)) this.#oldest += 1;
    for (let i = this.#oldest; i < this.sent && this.#intended(i) < intendedBeforeMs; i += 1) {
      if (this.isPending(i)) yield i;
    }
  }

  /** Requests by outcome; sums to `sent` once all are settled. */
  counts(): Record<Outcome, number> {
    const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
    for (let i = 0; i < this.sent; i += 1) {
      const outcome = outcomes[this.outcome[i] as number];
      if (outcome !== undefined) counts[outcome] += 1;
    }
    return counts;
  }

  #intended(sequence: number): number {
    return this.intendedMs[sequence] as number;
  }
}
