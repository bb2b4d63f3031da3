import { setTimeout as sleep } from 'node:timers/promises';
import { isHeld } from './holder.ts';
import { LeaseHeldError, LeaseLostError } from './lease-error.ts';
import type { FoundSettings, Lease } from './lease.ts';
import type { LeaseStore } from './lease-store.ts';

/** How long a lease outlives a run that ended without a word, and how often it is renewed, ms. */
const LASTS_MS = 300_000;
const RENEW_MS = 60_000;
/** Two runs that write at the same moment both see, after this, who was last, ms. */
const SETTLE_MS = 1500;

/** Whose lease, of which stage; times can be set where a test can't wait. */
export interface LeaseTerms {
  readonly store: LeaseStore;
  readonly runId: string;
  readonly holder: string;
  readonly process: string;
  /** Stage, account and Region, for messages. */
  readonly where: string;
  readonly nowMs: () => number;
  readonly renewMs?: number;
  readonly settleMs?: number;
}

/**
 * A run's lease of a stage. It names who, until when, and what was found, before anything is changed; while the run lives
 * it is renewed, and when it is somebody else's meanwhile, `signal` aborts.
 */
export class StageLease {
  readonly #terms: LeaseTerms;
  readonly #lost = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #lease: Lease;
  #isOver = false;
  /** Writes go one after the other: a renewal must not undo what was recorded meanwhile. */
  #writing: Promise<void> = Promise.resolve();

  private constructor(terms: LeaseTerms, lease: Lease) {
    this.#terms = terms;
    this.#lease = lease;
    this.#timer = setInterval(() => void this.#renew(), terms.renewMs ?? RENEW_MS).unref();
  }

  /**
   * Takes a stage that nobody holds. Tags know no "only if there is none": who writes at the same moment is told apart
   * by reading again a moment later, and the one overwritten leaves.
   * @throws LeaseHeldError
   */
  static async take(terms: LeaseTerms): Promise<StageLease> {
    const { store, runId, holder, process, where } = terms;
    const refuse = (held: Lease): never => {
      throw new LeaseHeldError(where, held, 'see npx spillway-loadtest restore --help');
    };
    const before = await store.read();
    if (before !== null && isHeld(before, terms.nowMs())) refuse(before);
    const takenAtMs = terms.nowMs();
    const untilMs = takenAtMs + LASTS_MS;
    const lease: Lease = { runId, holder, process, takenAtMs, untilMs, state: 'taken', found: null };
    await store.write(lease);
    await sleep(terms.settleMs ?? SETTLE_MS);
    const after = await store.read();
    if (after !== null && after.runId !== runId) refuse(after);
    return new StageLease(terms, lease);
  }

  /** Aborted when the stage is no longer this run's. */
  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  get isLost(): boolean {
    return this.#lost.signal.aborted;
  }

  /** Before anything is lifted: what there is to put back. */
  record(found: FoundSettings): Promise<void> {
    return this.#write({ state: 'lifted', found });
  }

  /** Once everything is as it was found. */
  markRestored(): Promise<void> {
    return this.#write({ state: 'restored' });
  }

  /** Gives the stage back; a lease whose limits could not be put back stays, for who does. */
  async release(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    clearInterval(this.#timer);
    await this.#writing;
    if (this.isLost || this.#lease.state === 'lifted') return;
    await this.#terms.store.remove();
  }

  async #write(change: Partial<Lease>): Promise<void> {
    if (this.isLost) throw this.#lost.signal.reason as LeaseLostError;
    this.#lease = { ...this.#lease, ...change, untilMs: this.#terms.nowMs() + LASTS_MS };
    const lease = this.#lease;
    const written = this.#writing.then(() => this.#terms.store.write(lease));
    this.#writing = written.catch(() => undefined);
    await written;
  }

  async #renew(): Promise<void> {
    try {
      const found = await this.#terms.store.read();
      if (this.#isOver) return;
      if (found?.runId === this.#lease.runId) return await this.#write({});
      clearInterval(this.#timer);
      this.#lost.abort(new LeaseLostError(this.#terms.where, found));
    } catch {
      // The next renewal tries again; the lease lasts for several of them.
    }
  }
}
