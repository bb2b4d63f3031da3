import { REQUESTS_PER_SECOND_PER_CONCURRENCY } from '@spillway/capacity';
import { OUTCOME } from '../results/outcomes.ts';
import { Environments } from './environments.ts';
import type { FunctionModel } from './function-model.ts';
import { RequestWindow } from './request-window.ts';

/** Lambda's admission, a loss system (F34): an invocation runs at once or is refused, and never waits. */
export class FunctionAdmission {
  readonly #limit: number;
  readonly #refusedByLimit: number;
  /** The 10× rule of the reservation and of the account (F32). */
  readonly #ownWindow: RequestWindow | null;
  readonly #accountWindow: RequestWindow;
  readonly #environments: Environments;
  #inUse = 0;
  #isCold = false;

  constructor(model: FunctionModel) {
    const { reservedConcurrency: reserved, accountConcurrency, otherReservedConcurrency } = model;
    this.#limit = reserved ?? accountConcurrency - otherReservedConcurrency;
    this.#refusedByLimit = reserved === null ? OUTCOME.refusedByAccount : OUTCOME.refusedByReserved;
    this.#ownWindow = reserved === null ? null : windowOf(reserved);
    this.#accountWindow = windowOf(accountConcurrency);
    this.#environments = new Environments(model.idleMs, model.warmEnvironments);
  }

  /** Invocations that run now. */
  get inUse(): number {
    return this.#inUse;
  }

  /** Whether the invocation that was let in last got a new environment. */
  get isCold(): boolean {
    return this.#isCold;
  }

  /** Environments, in use or idle. */
  environments(nowMs: number): number {
    return this.#inUse + this.#environments.idle(nowMs);
  }

  /** @returns the outcome of an invocation that is refused, else `acknowledged`: it holds a slot until `release` */
  admit(nowMs: number): number {
    if (this.#inUse >= this.#limit) return this.#refusedByLimit;
    if (this.#ownWindow?.hasRoom(nowMs) === false || !this.#accountWindow.hasRoom(nowMs)) {
      return OUTCOME.refusedByTenTimes;
    }
    // Last, because it takes what it grants.
    const start = this.#environments.start(nowMs);
    if (start === 'refused') return OUTCOME.refusedByScaling;
    this.#isCold = start === 'cold';
    this.#ownWindow?.add(nowMs);
    this.#accountWindow.add(nowMs);
    this.#inUse += 1;
    return OUTCOME.acknowledged;
  }

  /** An invocation is over. */
  release(nowMs: number): void {
    this.#inUse -= 1;
    this.#environments.release(nowMs);
  }
}

function windowOf(concurrency: number): RequestWindow {
  return new RequestWindow(concurrency * REQUESTS_PER_SECOND_PER_CONCURRENCY);
}
