/**
 * Requests a client may send for each one that was accepted: K of "Client-Side Throttling" (Site Reliability
 * Engineering, chapter 21). With 2, a service under overload refuses about as much as it
 * accepts: no more, but for a start and for probes.
 */
export const REQUESTS_PER_ACCEPT = 2;

/** Accepted requests count for two minutes, as in the book. */
export const WINDOW_MS = 120_000;

/** What may be sent before anything was answered; the least that a client keeps in hand at its best. */
export const START_REQUESTS = 10;

/** Mean wait for a probe, ms: it doubles from the first to the last while nothing is accepted. */
export const FIRST_PROBE_MS = 200;
export const LAST_PROBE_MS = 2_000;

const SLOT_MS = 10_000;
const SLOTS = WINDOW_MS / SLOT_MS;

/**
 * How much a client may send to a service that refuses: K requests for each accepted one.
 *
 * The book refuses a share of the requests at random, and fails them: its clients can't wait. Here a request waits, so
 * the same bound is kept exactly: each request spends one, each accepted one earns K, and no more is kept than the
 * accepted ones of the window leave by the book's rule (K − 1 each). What the book leaves to chance is a probe here:
 * with nothing left, one request is let through after a jittered wait and costs nothing, so that a service that is back
 * is found at once, and an outage leaves no debt behind. Measured against the book's formula in a simulation of ten
 * clients that offer ten times a bucket's rate: that starves clients for minutes once they know of few accepted
 * requests, since what it refused itself counts against it.
 */
export class AdaptiveThrottle {
  /** Requests in hand, from 0. */
  #credit = START_REQUESTS;
  #probesInARow = 0;
  /** Accepted requests by slot of `SLOT_MS`; the place of a slot is its number modulo `SLOTS`. */
  readonly #accepted = new Array<number>(SLOTS).fill(0);
  #slot = 0;

  /** Spends one; false where there is none left. */
  take(): boolean {
    if (this.#credit < 1) return false;
    this.#credit -= 1;
    return true;
  }

  /** A request was accepted, or answered in a way that says nothing of the load. */
  accept(nowMs: number): void {
    this.#turnTo(nowMs);
    const slot = this.#slot % SLOTS;
    this.#accepted[slot] = (this.#accepted[slot] ?? 0) + 1;
    const accepted = this.#accepted.reduce((sum, count) => sum + count, 0);
    const most = Math.max(START_REQUESTS, (REQUESTS_PER_ACCEPT - 1) * accepted);
    this.#credit = Math.min(most, this.#credit + REQUESTS_PER_ACCEPT);
    this.#probesInARow = 0;
  }

  /** A request was taken back before it was answered. */
  giveBack(): void {
    this.#credit += 1;
  }

  /**
   * How long to wait until one request may go out that costs nothing, ms.
   * @param random from 0 up to, not including, 1
   */
  nextProbeMs(random: number): number {
    const meanMs = Math.min(LAST_PROBE_MS, FIRST_PROBE_MS * 2 ** this.#probesInARow);
    this.#probesInARow += 1;
    return meanMs * (0.5 + random);
  }

  #turnTo(nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    const passed = Math.min(SLOTS, slot - this.#slot);
    for (let i = 1; i <= passed; i++) this.#accepted[(slot - passed + i) % SLOTS] = 0;
    this.#slot = slot;
  }
}
