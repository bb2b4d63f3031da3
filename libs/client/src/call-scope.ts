import type { Clock } from './clock.ts';

/** Time that a call, or one attempt of it, may take. */
export interface CallScope {
  /** Aborts when the scope ends. */
  readonly signal: AbortSignal;
  /** `deadline`: its own time is over; `aborted`: what it is part of has ended. */
  endedBy(): 'deadline' | 'aborted' | null;
  /** Until its deadline, ms; not below 0. */
  remainingMs(): number;
  /** Frees its timer. */
  close(): void;
}

/** @param outer ends this scope, too */
export function openScope(clock: Clock, durationMs: number, outer?: AbortSignal): CallScope {
  const controller = new AbortController();
  const endMs = clock.monotonicMs() + durationMs;
  let ended: 'deadline' | 'aborted' | null = null;
  const end = (by: 'deadline' | 'aborted') => {
    ended ??= by;
    close();
    controller.abort();
  };
  const abort = () => end('aborted');
  const cancelTimer = clock.schedule(durationMs, () => end('deadline'));
  const close = () => {
    cancelTimer();
    outer?.removeEventListener('abort', abort);
  };
  outer?.addEventListener('abort', abort, { once: true });
  if (outer?.aborted) abort();
  return {
    signal: controller.signal,
    endedBy: () => ended,
    remainingMs: () => Math.max(0, endMs - clock.monotonicMs()),
    close,
  };
}

/** Waits; ends sooner, without an error, when the signal aborts. */
export function sleep(clock: Clock, durationMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = () => {
      cancelTimer();
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const cancelTimer = clock.schedule(durationMs, wake);
    signal.addEventListener('abort', wake, { once: true });
  });
}

/**
 * What a promise yields, or null when the signal aborts first: whoever keeps the promise may not heed the signal.
 * @throws what the promise is rejected with before that
 */
export function untilAborted<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  return new Promise((resolve, reject) => {
    const give = () => resolve(null);
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
    void work.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}
