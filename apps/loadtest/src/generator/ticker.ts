/** As fine as a timer of Node's goes. */
const TICK_MS = 1;

/**
 * Wakes the event loop every millisecond: 1 ms late at most on an idle machine, at the same cost however much is due.
 * The alarm's thread costs a message an arrival, which from some thousands a second on is more than the request.
 */
export class Ticker {
  #timer: NodeJS.Timeout | null = null;

  /** @param originMs instant 0, on the clock of `monotonicMs`; before it nothing is due */
  start(_originMs: number, onDue: () => void): void {
    this.#timer = setInterval(onDue, TICK_MS);
  }

  async close(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
  }
}
