import { percentile } from '@spillway/capacity';
import os from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { monotonicMs } from './clock.ts';

/** What the generator cost and how busy its machine was. */
export interface SelfMeasured {
  /** How much later than asked the event loop came round, p99, ms. */
  readonly eventLoopDelayP99Ms: number;
  /** CPU time of the whole process, all threads / wall time; 1 is one core. */
  readonly cpuRatio: number;
  /** Busy share of all the machine's cores, 0–1. */
  readonly busyRatio: number;
}

const RESOLUTION_MS = 10;

/**
 * Measures the generator itself over the judged span of a step, so that a step in which it fell behind can be told
 * from one the stage failed. Before it the generator compiles its own code; after it, it only waits.
 */
export class SelfMeasurement {
  readonly #fromMs: number;
  readonly #toMs: number;
  #begun: Reading | null = null;
  #measured: SelfMeasured | null = null;

  /** The judged span, ms from the step's start. */
  constructor(fromMs: number, toMs: number) {
    this.#fromMs = fromMs;
    this.#toMs = toMs;
    this.at(0);
  }

  /** To be called as time passes: begins and ends the measurement when the span does. */
  at(elapsedMs: number): void {
    if (elapsedMs >= this.#fromMs) this.#begun ??= begin();
    if (elapsedMs >= this.#toMs) this.end();
  }

  /** The measurement, ended by now at the latest. */
  end(): SelfMeasured {
    return (this.#measured ??= finish(this.#begun ?? begin()));
  }
}

/** The percentile by which latencies are judged too; 0 of nothing. @param quantile 0–1 */
export function percentileOf(values: ArrayLike<number>, quantile: number): number {
  return values.length === 0 ? 0 : percentile(Float64Array.from(values).sort(), quantile);
}

interface Reading {
  readonly atMs: number;
  readonly cpu: NodeJS.CpuUsage;
  readonly cores: { readonly idleMs: number; readonly totalMs: number };
  readonly delay: ReturnType<typeof monitorEventLoopDelay>;
}

function begin(): Reading {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  return { atMs: monotonicMs(), cpu: process.cpuUsage(), cores: coreTimes(), delay };
}

function finish({ atMs, cpu, cores, delay }: Reading): SelfMeasured {
  delay.disable();
  const used = process.cpuUsage(cpu);
  const { idleMs, totalMs } = coreTimes();
  const coresMs = totalMs - cores.totalMs;
  const busyRatio = coresMs > 0 ? 1 - (idleMs - cores.idleMs) / coresMs : 0;
  // The histogram holds the whole interval between two rounds, the one asked for included.
  const delayMs = delay.count > 0 ? delay.percentile(99) / 1e6 - RESOLUTION_MS : 0;
  return {
    eventLoopDelayP99Ms: Math.max(0, delayMs),
    cpuRatio: (used.user + used.system) / 1000 / Math.max(1, monotonicMs() - atMs),
    busyRatio: Math.min(1, Math.max(0, busyRatio)),
  };
}

function coreTimes(): Reading['cores'] {
  let idleMs = 0;
  let totalMs = 0;
  for (const { times } of os.cpus()) {
    idleMs += times.idle;
    totalMs += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { idleMs, totalMs };
}
