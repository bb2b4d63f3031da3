/** Backoff after the first setback, and at most, ms. */
export const FIRST_BACKOFF_MS = 100;
export const LAST_BACKOFF_MS = 10_000;

/**
 * How long to wait before the next attempt, ms: what the service asked for, and "full jitter" on top, a random share
 * of a backoff that doubles ("Exponential Backoff And Jitter", AWS Architecture Blog, 2015). Clients that were all told
 * the same second so come back apart.
 * @param setbacks attempts that failed so far, from 1
 * @param random from 0 up to, not including, 1
 */
export function retryWaitMs(setbacks: number, retryAfterMs: number, random: number): number {
  return retryAfterMs + random * Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (setbacks - 1));
}

/**
 * `Retry-After` as ms from now: seconds or an HTTP date (RFC 9110, section 10.2.3). Undefined for what is neither.
 * @param dateMs now, ms since 1970
 */
export function parseRetryAfterMs(header: string | null, dateMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d{1,10}$/.test(text)) return Number(text) * 1_000;
  // Only a date has letters: Date.parse also takes "1.5" and "-1" for dates.
  if (!/^[A-Za-z]{3}/.test(text)) return undefined;
  const thenMs = Date.parse(text);
  return Number.isNaN(thenMs) ? undefined : Math.max(0, thenMs - dateMs);
}
