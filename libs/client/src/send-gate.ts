import { AdaptiveThrottle } from './adaptive-throttle.ts';
import type { Clock } from './clock.ts';

/** What a request that was let through says of the service's load. */
export type LoadSign = 'accepted' | 'refused' | 'unknown';

/** Lets requests through in the order in which they came: no more at a time than allowed, and as the throttle allows. */
export interface SendGate {
  /** @returns whether the request may go; false where the signal aborted first */
  enter(signal: AbortSignal): Promise<boolean>;
  /** To be called once for each that was let through. */
  leave(sign: LoadSign): void;
}

export function createSendGate(clock: Clock, random: () => number, maxInFlight: number): SendGate {
  const throttle = new AdaptiveThrottle();
  /** In order of arrival; a set, because any of them may give up. */
  const waiting = new Set<() => void>();
  let inFlight = 0;
  let cancelProbe: (() => void) | null = null;

  const letIn = () => {
    const [first] = waiting;
    if (!first) return;
    waiting.delete(first);
    inFlight += 1;
    first();
  };
  const stopProbe = () => {
    cancelProbe?.();
    cancelProbe = null;
  };
  const admit = () => {
    while (waiting.size > 0 && inFlight < maxInFlight && throttle.take()) letIn();
    if (waiting.size === 0 || inFlight >= maxInFlight) return stopProbe();
    cancelProbe ??= clock.schedule(throttle.nextProbeMs(random()), () => {
      cancelProbe = null;
      letIn();
      admit();
    });
  };

  return {
    enter: (signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve(false);
        const enter = () => {
          signal.removeEventListener('abort', giveUp);
          resolve(true);
        };
        const giveUp = () => {
          waiting.delete(enter);
          if (waiting.size === 0) stopProbe();
          resolve(false);
        };
        signal.addEventListener('abort', giveUp, { once: true });
        waiting.add(enter);
        admit();
      }),
    leave: (sign) => {
      inFlight -= 1;
      if (sign === 'accepted') {
        throttle.accept(clock.monotonicMs());
        stopProbe();
      }
      if (sign === 'unknown') throttle.giveBack();
      admit();
    },
  };
}
