import type { ExecutionEnvironment } from './environment-port.ts';

/**
 * What a handler leaves to be done gets this long, and at most twice it: to stop and wake a process for each gap
 * between two requests would cost more than some of the requests.
 */
const FREEZE_AFTER_MS = 10;

/** Freezes environments that wait for work, as Lambda does: what is pending in them goes on with the next invocation. */
export class IdleFreezer {
  readonly #nowMs: () => number;
  /** Since when. */
  readonly #unfrozen = new Map<ExecutionEnvironment, number>();
  #timer: NodeJS.Timeout | null = null;

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  idle(environment: ExecutionEnvironment): void {
    this.#unfrozen.set(environment, this.#nowMs());
    // It ends by itself: under load a timer for each environment put by would cost more than the looks.
    this.#timer ??= setInterval(() => this.#look(), FREEZE_AFTER_MS).unref();
  }

  /** It has work again, or is ending. */
  forget(environment: ExecutionEnvironment): void {
    this.#unfrozen.delete(environment);
  }

  #look(): void {
    if (this.#unfrozen.size === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    const nowMs = this.#nowMs();
    for (const [environment, sinceMs] of this.#unfrozen) {
      // In the order in which they became idle.
      if (nowMs - sinceMs < FREEZE_AFTER_MS) return;
      this.#unfrozen.delete(environment);
      environment.freeze();
    }
  }
}
