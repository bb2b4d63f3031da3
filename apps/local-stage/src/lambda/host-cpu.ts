import { cpus } from 'node:os';

/** A look costs some 50 µs, and the kernel counts in steps of 10 ms. */
const LOOK_MS = 100;

/** Of all cores' time: from the first on the machine is full, below the second no longer. */
const FULL_RATIO = 0.9;
const ROOM_RATIO = 0.6;

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
  #wasFull = false;

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

  /**
   * Whether another process would serve nobody sooner. A full machine stays so until a good part of it is idle again:
   * a few idle moments between two looks are the rule on a full one.
   * @param nowMs of a clock that never goes back
   */
  isFull(nowMs: number): boolean {
    this.#wasFull = this.busyRatio(nowMs) >= (this.#wasFull ? ROOM_RATIO : FULL_RATIO);
    return this.#wasFull;
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
