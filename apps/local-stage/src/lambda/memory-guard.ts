import { privateMemoryMb } from './process-memory.ts';

/** A handler that only allocates passes its limit by what it can fill in this time: some 100 MB. */
const LOOK_MS = 25;

/** A process whose memory has a limit. */
export interface LimitedProcess {
  readonly pid: number;
  readonly limitMb: number;
  /** Called once at most between `watch` and `forget`. */
  onExceeded(): void;
}

/**
 * Looks, while they work, at how much memory processes hold for themselves. Lambda counts everything in the
 * sandbox against the function's memory, its own runtime too; here Node's executable does not count (about 45 MB,
 * in memory once for all environments), so that a function has that much more than on Lambda.
 * On Linux only: elsewhere the limit of the JavaScript heap alone binds, and Buffers are not counted.
 */
export class MemoryGuard {
  readonly #memoryMbOf: (pid: number) => number | null;
  readonly #watched = new Set<LimitedProcess>();
  #timer: NodeJS.Timeout | null = null;

  /** @param memoryMbOf `null` for a process that is gone, or cannot be looked at */
  constructor(memoryMbOf: (pid: number) => number | null = privateMemoryMb) {
    this.#memoryMbOf = memoryMbOf;
  }

  watch(limited: LimitedProcess): void {
    this.#watched.add(limited);
    // It ends by itself: with short invocations one after the other, a timer each would cost more than the looks.
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS).unref();
  }

  forget(limited: LimitedProcess): void {
    this.#watched.delete(limited);
  }

  #look(): void {
    if (this.#watched.size === 0 && this.#timer) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
    for (const limited of this.#watched) {
      if ((this.#memoryMbOf(limited.pid) ?? 0) <= limited.limitMb) continue;
      this.#watched.delete(limited);
      limited.onExceeded();
    }
  }
}
