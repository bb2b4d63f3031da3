/**
 * What is known of the requests that are on their way, a column a fact, a slot a request. A slot that is given back is
 * the next one taken, so as many rows are needed as there are requests at once.
 */
export class RequestSlots {
  arrivedMs = new Float64Array(1024);
  /** When Lambda ends it, ms. */
  deadlineMs = new Float64Array(1024);
  /** When the SDK gives a throttled write up, ms. */
  abandonMs = new Float64Array(1024);
  client = new Int32Array(1024);
  /** Which attempt of the client this is, from 0. */
  attempt = new Uint8Array(1024);
  /** Writes that the table throttled. */
  writesThrottled = new Uint8Array(1024);
  partition = new Uint8Array(1024);
  #free = new Int32Array(1024);
  #freeCount = 0;
  #used = 0;

  /** A slot that nobody else has; its facts are those of whoever had it before. */
  take(): number {
    if (this.#freeCount > 0) return this.#free[--this.#freeCount] as number;
    if (this.#used === this.client.length) this.#grow();
    return this.#used++;
  }

  give(slot: number): void {
    this.#free[this.#freeCount++] = slot;
  }

  #grow(): void {
    const length = this.#used * 2;
    const grown = <A extends Float64Array | Int32Array | Uint8Array>(from: A, to: A): A => {
      to.set(from);
      return to;
    };
    this.arrivedMs = grown(this.arrivedMs, new Float64Array(length));
    this.deadlineMs = grown(this.deadlineMs, new Float64Array(length));
    this.abandonMs = grown(this.abandonMs, new Float64Array(length));
    this.client = grown(this.client, new Int32Array(length));
    this.attempt = grown(this.attempt, new Uint8Array(length));
    this.writesThrottled = grown(this.writesThrottled, new Uint8Array(length));
    this.partition = grown(this.partition, new Uint8Array(length));
    this.#free = grown(this.#free, new Int32Array(length));
  }
}
