import type { LimitedProcess, MemoryGuard } from './memory-guard.ts';
import { peakMemoryMb } from './process-memory.ts';

/** The memory of one child process, seen from outside. */
export class ChildMemory {
  readonly limitMb: number;
  readonly #guard: MemoryGuard;
  readonly #limited: LimitedProcess | null;
  #onExceeded: () => void = () => undefined;
  #peakMb = 0;

  /** @param pid `undefined` for a process that never started */
  constructor(pid: number | undefined, guard: MemoryGuard, limitMb: number) {
    this.limitMb = limitMb;
    this.#guard = guard;
    this.#limited = pid === undefined ? null : { pid, limitMb, onExceeded: () => this.#onExceeded() };
  }

  /** @param listener called when a look finds more than the limit, while it is watched */
  onExceeded(listener: () => void): void {
    this.#onExceeded = listener;
  }

  /** From now to `unwatch`. */
  watch(): void {
    if (this.#limited) this.#guard.watch(this.#limited);
  }

  unwatch(): void {
    if (this.#limited) this.#guard.forget(this.#limited);
  }

  /** The most it ever had, as far as it has been seen: once it is gone, there is nothing to see. */
  peakMb(): number {
    const seenMb = this.#limited ? peakMemoryMb(this.#limited.pid) : null;
    this.#peakMb = Math.max(this.#peakMb, seenMb ?? 0);
    return this.#peakMb;
  }

  /** Takes in what the process knew of itself at its end. */
  hadMb(peakMb: number): void {
    this.#peakMb = Math.max(this.#peakMb, peakMb);
  }
}
