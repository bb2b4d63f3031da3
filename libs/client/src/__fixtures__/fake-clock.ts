import type { Clock } from '../clock.ts';

/** Some instant, ms since 1970. */
export const START_DATE_MS = Date.UTC(2026, 0, 1);

/** Lets everything happen that needs no time. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Time that passes when a test says so. */
export class FakeClock implements Clock {
  #nowMs = 0;
  readonly #timers = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  monotonicMs(): number {
    return this.#nowMs;
  }

  dateMs(): number {
    return START_DATE_MS + this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const timer = { atMs: this.#nowMs + delayMs, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  sleep(delayMs: number): Promise<void> {
    return new Promise((resolve) => this.schedule(delayMs, resolve));
  }

  /** Timers that still hold somebody up. */
  get timers(): number {
    return this.#timers.size;
  }

  /** Runs the timers that are due until then, in their order. */
  async advance(durationMs: number): Promise<void> {
    const endMs = this.#nowMs + durationMs;
    await settle();
    while (this.#runNext(endMs)) await settle();
    this.#nowMs = endMs;
  }

  /** Lets as much time pass as the work needs. */
  async run<Value>(work: Promise<Value>): Promise<Value> {
    let isDone = false;
    work.then(
      () => (isDone = true),
      () => (isDone = true),
    );
    await settle();
    while (!isDone) {
      if (!this.#runNext(Infinity)) throw new Error('waits for something that no timer brings');
      await settle();
    }
    return work;
  }

  #runNext(endMs: number): boolean {
    let next = null;
    for (const timer of this.#timers) if (!next || timer.atMs < next.atMs) next = timer;
    if (!next || next.atMs > endMs) return false;
    this.#timers.delete(next);
    this.#nowMs = next.atMs;
    next.callback();
    return true;
  }
}
