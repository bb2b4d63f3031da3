import { AdaptiveThrottle, type Spent } from './adaptive-throttle.ts';
import type { CallScope } from './call-scope.ts';
import type { Clock } from './clock.ts';

/**
 * What became of a request that was let through, for those that wait.
 * - `accepted`: the service did its work
 * - `refused`: it did not, or nobody knows
 * - `quota`: the client's quota is used up
 * - `silent`: it says nothing of the load: it never left, or this client may not call at all
 */
export type LoadSign = 'accepted' | 'refused' | 'quota' | 'silent';

/** How the wait for a turn ended. */
export type Turn =
  | {
      readonly kind: 'in';
      /** To be called once. @param retryAfterMs what a used-up quota said */
      leave(sign: LoadSign, retryAfterMs?: number): void;
    }
  /** The call ended first. */
  | { readonly kind: 'ended' }
  /** The quota is used up, and nothing is sent before the call ends. */
  | { readonly kind: 'no-quota'; readonly retryAfterMs: number };

/** Lets requests through in the order in which they came: no more at a time than allowed, and as the throttle allows. */
export interface SendGate {
  enter(call: CallScope): Promise<Turn>;
}

/**
 * Longest that a used-up quota is believed, ms: what the gateway says is a constant, while a period may end, or an
 * operator raise the quota, at any time. One request asks then.
 */
export const MAX_QUOTA_MS = 300_000;

interface Waiter {
  readonly call: CallScope;
  end(turn: Turn): void;
}

export function createSendGate(clock: Clock, random: () => number, maxInFlight: number): SendGate {
  const throttle = new AdaptiveThrottle(random);
  /** In order of arrival; a set, because any of them may give up. */
  const waiting = new Set<Waiter>();
  let inFlight = 0;
  let cancelTimer: (() => void) | null = null;
  let quotaUntilMs = -Infinity;

  const stopTimer = () => {
    cancelTimer?.();
    cancelTimer = null;
  };
  const admit = () => {
    stopTimer();
    const nowMs = clock.monotonicMs();
    for (const waiter of waiting) {
      if (inFlight >= maxInFlight) return;
      const spent = throttle.take(nowMs);
      if (!spent) {
        cancelTimer = clock.schedule(throttle.probeInMs(nowMs), admit);
        return;
      }
      inFlight += 1;
      waiter.end({ kind: 'in', leave: (sign, retryAfterMs) => leave(spent, sign, retryAfterMs) });
    }
  };
  const leave = (spent: Spent, sign: LoadSign, retryAfterMs = MAX_QUOTA_MS) => {
    inFlight -= 1;
    const nowMs = clock.monotonicMs();
    if (sign === 'silent') throttle.giveBack(spent);
    if (sign === 'accepted') {
      throttle.accept(nowMs);
      quotaUntilMs = -Infinity;
    }
    if (sign === 'quota') {
      quotaUntilMs = nowMs + Math.min(MAX_QUOTA_MS, retryAfterMs);
      throttle.closeUntil(quotaUntilMs);
      for (const waiter of waiting) turnAway(waiter, nowMs);
    }
    admit();
  };
  /** Who would wait in vain is told at once, and why. @returns whether it was */
  const turnAway = ({ call, end }: Waiter, nowMs: number): boolean => {
    const retryAfterMs = quotaUntilMs - nowMs;
    if (retryAfterMs <= 0 || call.remainingMs() > retryAfterMs) return false;
    end({ kind: 'no-quota', retryAfterMs });
    return true;
  };

  return {
    enter: (call) =>
      new Promise((resolve) => {
        const { signal } = call;
        if (signal.aborted) return resolve({ kind: 'ended' });
        const waiter: Waiter = {
          call,
          end: (turn) => {
            signal.removeEventListener('abort', giveUp);
            waiting.delete(waiter);
            if (waiting.size === 0) stopTimer();
            resolve(turn);
          },
        };
        const giveUp = () => waiter.end({ kind: 'ended' });
        if (turnAway(waiter, clock.monotonicMs())) return;
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.add(waiter);
        // Who is behind another in the line has nothing to gain from asking.
        if (waiting.size === 1) admit();
      }),
  };
}
