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

/** Mean wait for a probe, ms: with each that goes out it doubles from the first to the last, until one is accepted. */
export const FIRST_PROBE_MS = 200;
export const LAST_PROBE_MS = 2_000;

const SLOT_MS = 10_000;
const SLOTS = WINDOW_MS / SLOT_MS;

/** What a request that was let through cost: one of those in hand, or nothing. */
export type Spent = 'credit' | 'probe';

/**
 * How much a client may send to a service that refuses: K requests for each accepted one.
 *
 * The book refuses a share of the requests at random, and fails them: its clients can't wait. Here a request waits, so
 * the same bound is kept exactly: each request spends one, each accepted one earns K, and no more is kept than the
 * accepted ones of the window leave by the book's rule (K − 1 each). What the book leaves to chance is a probe here:
 * with nothing left, one request is let through after a jittered wait and costs nothing, so that a service that is back
 * is found at once, and an outage leaves no debt behind. The wait runs on when nobody waits: callers that each stay for
 * less than it still get their probe. Measured against the book's formula in a simulation of ten
 * clients that offer ten times a bucket's rate: that starves clients for minutes once they know of few accepted
 * requests, since what it refused itself counts against it.
 */
export class AdaptiveThrottle {
  /** Requests in hand, from 0. */
  #credit = START_REQUESTS;
  /** From when on a probe may go out; set whenever there is no credit, whether or not anybody waits for it. */
  #probeDueMs: number | null = null;
  #probesInARow = 0;
  /** Accepted requests by slot of `SLOT_MS`; the place of a slot is its number modulo `SLOTS`. */
  readonly #accepted = new Array<number>(SLOTS).fill(0);
  #slot = 0;
  readonly #random: () => number;

  /** @param random from 0 up to, not including, 1 */
  constructor(random: () => number) {
    this.#random = random;
  }

  /** Spends one request, or takes the probe that is due; null where there is neither. */
  take(nowMs: number): Spent | null {
    this.#turnTo(nowMs);
    if (this.#credit >= 1) {
      this.#credit -= 1;
      if (this.#credit < 1) this.#probeDueMs ??= nowMs + this.#probeWaitMs();
      return 'credit';
    }
    if (this.probeInMs(nowMs) > 0) return null;
    this.#probesInARow += 1;
    this.#probeDueMs = nowMs + this.#probeWaitMs();
    return 'probe';
  }

  /** Until the next probe is due, ms; 0 where it is, or where none is needed. */
  probeInMs(nowMs: number): number {
    return Math.max(0, (this.#probeDueMs ?? 0) - nowMs);
  }

  /** A request was answered, and the service did its work. */
  accept(nowMs: number): void {
    this.#turnTo(nowMs);
    const slot = this.#slot % SLOTS;
    this.#accepted[slot] = (this.#accepted[slot] ?? 0) + 1;
    this.#credit = Math.min(this.#mostCredit(), this.#credit + REQUESTS_PER_ACCEPT);
    this.#probeDueMs = null;
    this.#probesInARow = 0;
  }

  /** A request that was let through was never sent. */
  giveBack(spent: Spent): void {
    if (spent === 'credit') this.#credit += 1;
  }

  /** Nothing but a probe goes out from now on, and that not before. */
  closeUntil(untilMs: number): void {
    this.#credit = 0;
    this.#probeDueMs = untilMs;
  }

  #probeWaitMs(): number {
    const meanMs = Math.min(LAST_PROBE_MS, FIRST_PROBE_MS * 2 ** this.#probesInARow);
    return meanMs * (0.5 + this.#random());
  }

  #mostCredit(): number {
    const accepted = this.#accepted.reduce((sum, count) => sum + count, 0);
    return Math.max(START_REQUESTS, (REQUESTS_PER_ACCEPT - 1) * accepted);
  }

  #turnTo(nowMs: number): void {
    const slot = Math.floor(nowMs / SLOT_MS);
    if (slot === this.#slot) return;
    const passed = Math.min(SLOTS, slot - this.#slot);
    for (let i = 1; i <= passed; i++) this.#accepted[(slot - passed + i) % SLOTS] = 0;
    this.#slot = slot;
    this.#credit = Math.min(this.#mostCredit(), this.#credit);
  }
}
