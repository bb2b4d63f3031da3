import { cpus } from 'node:os';

/** A look costs some 50 µs, and the kernel counts in steps of 10 ms. */
const LOOK_MS = 100;

/** Since the machine started, all cores together. */
export interface CpuTimes {
  readonly busyMs: number;
  readonly totalMs: number;
}

/** How busy this machine's cores are, whoever keeps them so. */
export class HostCpu {
  readonly #read: () => CpuTimes;
  #before: CpuTimes;
  #lookedAtMs = -Infinity;
  #busyRatio = 0;

  /** @param read @default the operating system's count */
  constructor(read: () => CpuTimes = readCpuTimes) {
    this.#read = read;
    this.#before = read();
  }

  /**
   * Share of all cores' time, 0 to 1, over the last tenth of a second or since the last question.
   * @param nowMs of a clock that never goes back
   */
  busyRatio(nowMs: number): number {
    if (nowMs - this.#lookedAtMs < LOOK_MS) return this.#busyRatio;
    const now = this.#read();
    const passedMs = now.totalMs - this.#before.totalMs;
    if (passedMs > 0) this.#busyRatio = (now.busyMs - this.#before.busyMs) / passedMs;
    this.#before = now;
    this.#lookedAtMs = nowMs;
    return this.#busyRatio;
  }
}

function readCpuTimes(): CpuTimes {
  let busyMs = 0;
  let totalMs = 0;
  for (const { times } of cpus()) {
    const workMs = times.user + times.nice + times.sys + times.irq;
    busyMs += workMs;
    totalMs += workMs + times.idle;
  }
  return { busyMs, totalMs };
}
