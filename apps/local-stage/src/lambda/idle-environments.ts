import type { ExecutionEnvironment } from './environment-port.ts';
import { IdleFreezer } from './idle-freezer.ts';

/** Longest time between two looks at what has been idle for too long. */
export const EXPIRY_LOOK_MS = 30_000;

/** Environments that wait for work, the most recently used on top; frozen once they have waited for a moment. */
export class IdleEnvironments {
  readonly #kept: number;
  readonly #limitMs: number;
  readonly #nowMs: () => number;
  readonly #freezer: IdleFreezer;
  /** Oldest first. */
  readonly #idle: { readonly environment: ExecutionEnvironment; readonly sinceMs: number }[] = [];

  /**
   * @param kept how many stay however long they are idle
   * @param limitMs idle time after which one beyond those is over
   * @param nowMs of a clock that never goes back
   */
  constructor(kept: number, limitMs: number, nowMs: () => number) {
    this.#kept = kept;
    this.#limitMs = limitMs;
    this.#nowMs = nowMs;
    this.#freezer = new IdleFreezer(nowMs);
  }

  get size(): number {
    return this.#idle.length;
  }

  /** The most recently used: its code is compiled, its connections are open, and the others may expire. */
  take(): ExecutionEnvironment | undefined {
    const environment = this.#idle.pop()?.environment;
    if (environment) this.#freezer.forget(environment);
    return environment;
  }

  put(environment: ExecutionEnvironment): void {
    this.#idle.push({ environment, sinceMs: this.#nowMs() });
    this.#freezer.idle(environment);
  }

  remove(environment: ExecutionEnvironment): void {
    const index = this.#idle.findIndex((idle) => idle.environment === environment);
    if (index >= 0) this.#splice(index, 1);
  }

  /** Least recently used first. */
  takeExpired(): ExecutionEnvironment[] {
    const nowMs = this.#nowMs();
    const expired = this.#idle.filter(({ sinceMs }) => nowMs - sinceMs >= this.#limitMs).length;
    const beyondKept = Math.max(0, this.#idle.length - this.#kept);
    return this.#splice(0, Math.min(expired, beyondKept));
  }

  takeAll(): ExecutionEnvironment[] {
    return this.#splice(0, this.#idle.length);
  }

  #splice(from: number, count: number): ExecutionEnvironment[] {
    const taken = this.#idle.splice(from, count).map(({ environment }) => environment);
    for (const environment of taken) this.#freezer.forget(environment);
    return taken;
  }
}
