import { REQUESTS_PER_SECOND_PER_CONCURRENCY } from '../aws-rules.ts';
import type { Limits } from '@spillway/throttle';
import { environmentsFor, environmentsWithBurst, roomForBurst } from './carried-load.ts';
import { reservable } from './lambda-contradictions.ts';
import type { Subject } from './subject.ts';
import { leastTimeoutSeconds } from './timeout-contradictions.ts';

/** h: share of every ceiling that a rate limit takes (method, section 6). */
const HEADROOM_RATIO = 0.8;

/** Longest timeout that the gateway waits for, s (F18). */
const MOST_TIMEOUT_SECONDS = 28;

/**
 * The limits nearest to the given ones that fit together: the rate kept where account, table and measurement allow
 * it, the concurrency kept or raised to what the rate needs, the burst lowered to what then fits.
 * @returns null where nobody knows the duration, or the account can't carry one request
 */
export function fittingLimits(subject: Subject): Limits | null {
  const { limits, quotas, durationMs, measured, units } = subject;
  const most = Math.floor(reservable(quotas));
  if (durationMs === null || most < 1) return null;
  const ceiling = Math.min(
    limits.rateLimit,
    HEADROOM_RATIO * quotas.accountRatePerSecond,
    (HEADROOM_RATIO * quotas.tableWriteUnitsPerSecond) / units,
    measured === null ? Infinity : measured.targets.headroomRatio * measured.sustainedRate.lowerPerSecond,
  );
  const rateLimit = highestCarried(subject, ceiling, most, durationMs);
  if (rateLimit === null) return null;
  const needed = environmentsNeeded(subject, rateLimit, most, durationMs) ?? most;
  const reservedConcurrency = Math.min(most, Math.max(needed, limits.reservedConcurrency));
  const room = roomForBurst(reservedConcurrency, (rateLimit * durationMs) / 1000);
  const clean = measured === null ? Infinity : measured.burst.cleanRequests;
  const least = Math.min(MOST_TIMEOUT_SECONDS, leastTimeoutSeconds(subject));
  return {
    rateLimit,
    burstLimit: Math.max(1, Math.floor(Math.min(limits.burstLimit, room, clean, quotas.accountBurst))),
    reservedConcurrency,
    memorySize: measured?.memorySize ?? limits.memorySize,
    timeoutSeconds: Math.max(least, Math.min(MOST_TIMEOUT_SECONDS, limits.timeoutSeconds)),
  };
}

/** Highest rate up to the ceiling that the account's environments carry; by halving. */
function highestCarried(subject: Subject, ceiling: number, most: number, durationMs: number): number | null {
  const isCarried = (rate: number) => environmentsNeeded(subject, rate, most, durationMs) !== null;
  if (isCarried(whole(ceiling))) return positive(whole(ceiling));
  let low = 0;
  let high = ceiling;
  for (let step = 0; step < 40; step += 1) {
    const middle = (low + high) / 2;
    if (isCarried(middle)) low = middle;
    else high = middle;
  }
  return positive(whole(low));
}

/** Environments for a rate by Erlang B, the 10× rule and a burst of one; null where `most` are not enough. */
function environmentsNeeded(
  { blockingRatio }: Subject,
  rate: number,
  most: number,
  durationMs: number,
): number | null {
  const load = (rate * durationMs) / 1000;
  const byBlocking = environmentsFor(load, blockingRatio, most);
  if (byBlocking === null) return null;
  const byTenTimes = Math.ceil(rate / (HEADROOM_RATIO * REQUESTS_PER_SECOND_PER_CONCURRENCY) - 1e-9);
  const needed = Math.max(byBlocking, byTenTimes, environmentsWithBurst(load, 1));
  return needed <= most ? needed : null;
}

/** Whole requests/s, as they are below 1/s. */
function whole(perSecond: number): number {
  return perSecond >= 1 ? Math.floor(perSecond) : perSecond;
}

function positive(perSecond: number): number | null {
  return perSecond > 0 ? perSecond : null;
}
