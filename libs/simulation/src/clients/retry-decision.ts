import type { ClientModel } from './client-model.ts';

/** Retries that a client with a budget may make before it has sent anything. */
export const BUDGET_RESERVE = 10;

/** Says whether and when clients try again, and keeps their budgets. */
export class RetryDecision {
  readonly #policy: ClientModel['retry'];
  readonly #uniform: () => number;
  readonly #budgets: Float64Array;

  /** @param uniform stream of the back-off's jitter */
  constructor({ retry, count }: ClientModel, uniform: () => number) {
    this.#policy = retry;
    this.#uniform = uniform;
    this.#budgets = new Float64Array(retry?.budgetRatio == null ? 0 : count).fill(BUDGET_RESERVE);
  }

  /** A client sends a new request: its budget grows. */
  requested(client: number): void {
    if (this.#budgets.length === 0) return;
    const ratio = this.#policy?.budgetRatio ?? 0;
    this.#budgets[client] = Math.min(BUDGET_RESERVE, (this.#budgets[client] as number) + ratio);
  }

  /** How long a client waits after a failed attempt, ms. @param attempt from 0 @returns Infinity where it gives up */
  waitMs(client: number, attempt: number): number {
    const policy = this.#policy;
    if (policy === null || attempt + 1 >= policy.attempts) return Infinity;
    if (policy.budgetRatio !== null) {
      if ((this.#budgets[client] as number) < 1) return Infinity;
      (this.#budgets[client] as number) -= 1;
    }
    return this.#uniform() * Math.min(policy.capMs, policy.baseMs * 2 ** attempt);
  }
}
