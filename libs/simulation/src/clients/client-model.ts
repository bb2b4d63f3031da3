import type { BucketLimits } from '@spillway/throttle';

/** How a client that was answered 429, 500 or 503 tries again. */
export interface RetryPolicy {
  /** Attempts in all, the first one included; from 1 to 255. */
  readonly attempts: number;
  /**
   * Full jitter: before attempt k (from 1) a client waits for a random time up to min(cap, base · 2^(k−1)), ms.
   * Brooker, Exponential Backoff And Jitter, AWS Architecture Blog, 2015.
   */
  readonly baseMs: number;
  readonly capMs: number;
  /**
   * Retries that a client may add for each new request, 0–1, with ten in reserve: a bucket that each request fills by
   * this ratio and each retry empties by one (as Finagle's RetryBudget). Null: no budget.
   */
  readonly budgetRatio: number | null;
}

/** Who sends: each new request comes from one of the clients, each as likely as the other. */
export interface ClientModel {
  readonly count: number;
  /** Usage plan of each client (F5); null where none binds. */
  readonly plan: BucketLimits | null;
  /** Null: a client takes what it gets. */
  readonly retry: RetryPolicy | null;
}
