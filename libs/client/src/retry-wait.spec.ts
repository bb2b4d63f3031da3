import fc from 'fast-check';
import { FIRST_BACKOFF_MS, LAST_BACKOFF_MS, parseRetryAfterMs, retryWaitMs } from './retry-wait.ts';

describe('retryWaitMs', () => {
  it.each([
    ['the first setback', 1, FIRST_BACKOFF_MS],
    ['the second', 2, 2 * FIRST_BACKOFF_MS],
    ['the last that doubles', 7, 64 * FIRST_BACKOFF_MS],
    ['the first that is capped', 8, LAST_BACKOFF_MS],
    ['one long after', 2_000, LAST_BACKOFF_MS],
  ])('waits at most the backoff after %s, and at least nothing', (_name, setbacks, backoffMs) => {
    expect(retryWaitMs(setbacks, 0, 0)).toBe(0);
    expect(retryWaitMs(setbacks, 0, 0.5)).toBe(backoffMs / 2);
    expect(retryWaitMs(setbacks, 0, 1)).toBe(backoffMs);
  });

  it('never waits for less than what the service asked for, nor for more than a backoff beyond', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.nat(10_000_000),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (setbacks, askedMs, random) => {
          const waitMs = retryWaitMs(setbacks, askedMs, random);
          expect(waitMs).toBeGreaterThanOrEqual(askedMs);
          expect(waitMs).toBeLessThanOrEqual(askedMs + LAST_BACKOFF_MS);
        },
      ),
    );
  });
});

describe('parseRetryAfterMs', () => {
  const nowMs = Date.UTC(2026, 10, 6, 8, 49, 30);

  it.each<[string, string | null, number | undefined]>([
    ['seconds', '3', 3_000],
    ['no time at all', '0', 0],
    ['spaces around', ' 12 ', 12_000],
    ['a date to come', 'Fri, 06 Nov 2026 08:49:37 GMT', 7_000],
    ['a date that has passed', 'Fri, 06 Nov 2026 08:49:23 GMT', 0],
    ['a date of RFC 850', 'Friday, 06-Nov-26 08:49:37 GMT', 7_000],
    ['no header', null, undefined],
    ['an empty header', '', undefined],
    ['a fraction', '1.5', undefined],
    ['a negative number', '-1', undefined],
    ['words', 'soon', undefined],
    ['more digits than a wait can have', '99999999999', undefined],
  ])('reads %s', (_name, header, waitMs) => {
    expect(parseRetryAfterMs(header, nowMs)).toBe(waitMs);
  });
});
