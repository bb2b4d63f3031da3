import type { ExecutionEnvironment } from './environment-port.ts';

/** Environments that wait for work, the most recently used on top. */
export class IdleEnvironments {
  readonly #kept: number;
  readonly #limitMs: number;
  /** Oldest first. */
  readonly #idle: { readonly environment: ExecutionEnvironment; readonly sinceMs: number }[] = [];

  /**
   * @param kept how many stay however long they are idle
   * @param limitMs idle time after which one beyond those is over
   */
  constructor(kept: number, limitMs: number) {
    this.#kept = kept;
    this.#limitMs = limitMs;
  }

  get size(): number {
    return this.#idle.length;
  }

  /** The most recently used: its code is compiled, its connections are open, and the others may expire. */
  take(): ExecutionEnvironment | undefined {
    return this.#idle.pop()?.environment;
  }

  put(environment: ExecutionEnvironment, nowMs: number): void {
    this.#idle.push({ environment, sinceMs: nowMs });
  }

  remove(environment: ExecutionEnvironment): void {
    const index = this.#idle.findIndex((idle) => idle.environment === environment);
    if (index >= 0) this.#idle.splice(index, 1);
  }

  /** Least recently used first. */
  takeExpired(nowMs: number): ExecutionEnvironment[] {
    const expired = this.#idle.filter(({ sinceMs }) => nowMs - sinceMs >= this.#limitMs).length;
    const beyondKept = Math.max(0, this.#idle.length - this.#kept);
    return this.#idle.splice(0, Math.min(expired, beyondKept)).map(({ environment }) => environment);
  }

  takeAll(): ExecutionEnvironment[] {
    return this.#idle.splice(0).map(({ environment }) => environment);
  }
}
