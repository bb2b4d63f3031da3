import { peakMemoryMb } from '../process-memory.ts';

/** A look costs some 15 µs, and a peak only grows: under load the last one serves for a while. */
const LOOK_MS = 100;

/** The memory of this process, for the reports of its invocations. */
export class OwnMemory {
  #peakMb = 0;
  #lookedAtMs = -Infinity;

  /** The most it ever had, as of the last tenth of a second; whole MB. */
  peakMb(nowMs: number): number {
    if (nowMs - this.#lookedAtMs < LOOK_MS) return this.#peakMb;
    this.#lookedAtMs = nowMs;
    // Without /proc: this begins with the peak of the process that started this one.
    this.#peakMb = peakMemoryMb('self') ?? Math.ceil(process.resourceUsage().maxRSS / 1024);
    return this.#peakMb;
  }
}
