/**
 * The most time the write of one entry may take, retries and their back-off included: the SDK's retry budget that a
 * function's timeout has to leave room for. Three attempts of up to 1,000 ms, with back-off of up to 1,000 and
 * 2,000 ms after throttling (50 and 100 after other failures), could take 6,000 ms; a client is better served
 * by an early 503, so the deadline cuts them off here.
 */
export const SDK_RETRY_BUDGET_MS = 3_000;

/**
 * The most time all writes of a batch may take. After an init of up to 10 s the gateway, which gives up after 29 s (F18),
 * still waits at the end of it. A longer init is begun anew within the invocation (F36): then the gateway may give up
 * first, and the client's repeat finds what was stored.
 */
export const BATCH_BUDGET_MS = 10_000;

/**
 * Kept back from the function's own timeout, at which the gateway answers 502 in our stead (F19): enough to write out
 * the answer to the largest batch, several times over.
 */
const ANSWER_MARGIN_MS = 500;

/**
 * Aborted when `budgetMs` are over, or sooner to answer in the `remainingMs` of the invocation. Started when the body is
 * read, which nothing can interrupt: only the wait for the table can be cut short.
 * @param remainingMs until the function's timeout, as of now
 */
export function startDeadline(budgetMs: number, remainingMs: number): AbortSignal {
  const waitMs = Math.floor(Math.min(budgetMs, remainingMs - ANSWER_MARGIN_MS));
  return waitMs > 0 ? AbortSignal.timeout(waitMs) : AbortSignal.abort();
}
