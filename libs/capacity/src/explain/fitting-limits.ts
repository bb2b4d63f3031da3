import type { Limits } from '@spillway/throttle';
import { ENVIRONMENTS_AT_ONCE } from '../aws-rules.ts';
import { burstRoom, concurrencyNeeds, reservableConcurrency } from '../limits/sizing.ts';
import { contradictionsOf } from './contradictions.ts';
import { finiteLimits, type Subject } from './subject.ts';
import { leastTimeoutSeconds } from './timeout-contradictions.ts';

/** Longest timeout that the gateway waits for, s (F18). */
const MOST_TIMEOUT_SECONDS = 28;

/**
 * The limits nearest to the given ones that fit together: the rate kept where account, table and measurement allow
 * it, the concurrency kept or raised to what the rate needs, the burst lowered to what then fits.
 * @returns null where nobody knows the duration, or no limits help: the account can't carry one request, an
 *   invocation or the SDK's retries outlast the gateway, the item is too large for the table
 */
export function fittingLimits(subject: Subject): Limits | null {
  const limits = nearestLimits(subject);
  if (limits === null) return null;
  return contradictionsOf({ ...subject, limits: finiteLimits(limits) }).length === 0 ? limits : null;
}

function nearestLimits(subject: Subject): Limits | null {
  const { limits, quotas, durationMs, measured, units, headroomRatio } = subject;
  const most = Math.floor(reservableConcurrency(quotas));
  if (durationMs === null || most < 1) return null;
  const ceiling = Math.min(
    limits.rateLimit,
    headroomRatio * quotas.accountRatePerSecond,
    (headroomRatio * quotas.tableWriteUnitsPerSecond) / units,
    measured === null ? Infinity : headroomRatio * measured.sustainedRate.lowerPerSecond,
  );
  const rateLimit = highestCarried(subject, ceiling, most, durationMs);
  if (rateLimit === null) return null;
  const needed = environmentsNeeded(subject, rateLimit, most, durationMs) ?? most;
  const reservedConcurrency = Math.min(most, Math.max(needed, limits.reservedConcurrency));
  const room = burstRoom(reservedConcurrency, { rate: rateLimit, load: (rateLimit * durationMs) / 1000 });
  const clean = measured === null ? Infinity : measured.burst.cleanRequests;
  const least = Math.min(MOST_TIMEOUT_SECONDS, leastTimeoutSeconds(subject));
  return {
    rateLimit,
    burstLimit: Math.max(
      1,
      Math.floor(Math.min(limits.burstLimit, room, clean, ENVIRONMENTS_AT_ONCE, quotas.accountBurst)),
    ),
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

/** Environments for a rate and a burst of one; null where `most` are not enough. */
function environmentsNeeded(subject: Subject, rate: number, most: number, durationMs: number): number | null {
  const needed = concurrencyNeeds({ rate, load: (rate * durationMs) / 1000, burst: 1 }, subject, most).most;
  return needed <= most ? needed : null;
}

/** Whole requests/s, as they are below 1/s. */
function whole(perSecond: number): number {
  return perSecond >= 1 ? Math.floor(perSecond) : perSecond;
}

function positive(perSecond: number): number | null {
  return perSecond > 0 ? perSecond : null;
}
