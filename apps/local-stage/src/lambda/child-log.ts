import type { ChildMemory } from './child-memory.ts';
import type { EnvironmentLog } from './environment-log.ts';
import type { RanOutcome } from './environment-port.ts';
import type { ProcessEnd } from './runtime/process-end.ts';

/** What is written from outside about one child process; nothing of what follows when the pool itself ends it. */
export class ChildLog {
  readonly #log: EnvironmentLog | null;
  readonly #memory: ChildMemory;
  #isDismissed = false;

  /** @param log `null`: none is written */
  constructor(log: EnvironmentLog | null, memory: ChildMemory) {
    this.#log = log;
    this.#memory = memory;
  }

  /** By the pool: neither a crash nor anything else that Lambda would know. */
  dismissed(): void {
    this.#isDismissed = true;
  }

  initSucceeded(initMs: number): void {
    this.#log?.initSucceeded(initMs);
    // Seen now, in case it ends by a signal, when nobody can look any more.
    if (this.#log) this.#memory.peakMb();
  }

  /** @param outcome `null`: it took longer than it may */
  initFailed(outcome: RanOutcome | null, end: ProcessEnd | null, initMs: number): void {
    if (!this.#isDismissed) this.#log?.initFailed(outcome, end, initMs, this.#memory.peakMb());
  }

  /** For a process that ended before it could write so itself. */
  invocationStarted(requestId: string): void {
    if (!this.#isDismissed) this.#log?.invocationStarted(requestId);
  }

  /** @param durationMs with what init took inside the invocation */
  invocationEnded(requestId: string, outcome: RanOutcome, end: ProcessEnd | null, durationMs: number): void {
    if (this.#isDismissed) return;
    this.#log?.invocationEnded(requestId, outcome, end, durationMs, this.#memory.peakMb());
  }
}
