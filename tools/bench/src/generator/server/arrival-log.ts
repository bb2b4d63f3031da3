import type { Span } from '@spillway/capacity/testing';
import type { ServerRecord } from './server-protocol.ts';

const FIRST_CAPACITY = 65_536;

/** Instants at which requests came, on any one clock; grows as needed, so that adding one allocates nothing. */
export class ArrivalLog {
  #instantsMs = new Float64Array(FIRST_CAPACITY);
  count = 0;

  add(atMs: number, requests: number): void {
    if (this.count + requests > this.#instantsMs.length) {
      const larger = new Float64Array(2 * this.#instantsMs.length + requests);
      larger.set(this.#instantsMs);
      this.#instantsMs = larger;
    }
    this.#instantsMs.fill(atMs, this.count, this.count + requests);
    this.count += requests;
  }

  /** All of it, ms from the first request; stalls given on the same clock. */
  sinceFirst(stalls: readonly Span[]): Pick<ServerRecord, 'arrivalsMs' | 'stalls'> {
    const firstMs = this.#instantsMs[0] as number;
    return {
      arrivalsMs: this.#instantsMs.slice(0, this.count).map((atMs) => atMs - firstMs),
      stalls: stalls.map(({ startMs, endMs }) => ({ startMs: startMs - firstMs, endMs: endMs - firstMs })),
    };
  }
}
