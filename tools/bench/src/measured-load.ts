import type { LoadFigures } from './contestant-run.ts';
import { auditJobs, type Audit, type SentJob } from './engine/audit.ts';
import { storedIds } from './engine/entries-table.ts';
import type { Engine } from './engine/start-engine.ts';
import type { LoadJob, LoadResult } from './load/job.ts';
import type { LoadProcess } from './load/load-process.ts';
import { treeCpuMs, treeMemoryBytes } from './process/process-tree.ts';

/** Reading it takes the kernel a millisecond for each process, so nobody looks while figures are taken. */
const MEMORY_LOOK_MS = 250;

type Unnamed<J extends LoadJob> = J extends LoadJob ? Omit<J, 'idPrefix'> : never;

/** Runs jobs on one contestant and keeps what they cost, and every id they sent. */
export class MeasuredLoad {
  readonly #load: LoadProcess;
  readonly #pid: number;
  readonly #engine: Engine;
  readonly #sent: SentJob[] = [];
  #peakMemoryBytes = 0;

  /** @param pid root of the contestant's processes */
  constructor(load: LoadProcess, pid: number, engine: Engine) {
    this.#load = load;
    this.#pid = pid;
    this.#engine = engine;
  }

  get peakMemoryBytes(): number {
    return this.#peakMemoryBytes;
  }

  /** Gives the job ids that no other of this run has. @param watch memory is looked at under load too */
  async run(
    job: Unnamed<LoadJob>,
    watch?: 'memory',
  ): Promise<LoadResult & { readonly figures: LoadFigures }> {
    const idPrefix = `bench.${this.#sent.length}.`;
    const [cpuMs, engineCpuMs] = [treeCpuMs(this.#pid), treeCpuMs(this.#engine.pid)];
    const watching = watch && setInterval(() => this.#lookAtMemory(), MEMORY_LOOK_MS);
    const result = await this.#load.run({ ...job, idPrefix }).finally(() => clearInterval(watching));
    const { tally, latencyMs, tookMs } = result;
    this.#sent.push({ idPrefix, tally });
    const figures: LoadFigures = {
      perSecond: (tally.served * 1_000) / tookMs,
      latencyMs,
      errors: tally.sent - tally.served,
      endings: tally.endings,
      cpuMs: (treeCpuMs(this.#pid) - cpuMs) / tally.sent,
      engineCpuMs: (treeCpuMs(this.#engine.pid) - engineCpuMs) / tally.sent,
    };
    this.#lookAtMemory();
    return { ...result, figures };
  }

  /** Keeps a job that was sent by somebody else. */
  add(job: SentJob): void {
    this.#sent.push(job);
  }

  async audit(): Promise<Audit> {
    return auditJobs(this.#sent, await storedIds(this.#engine.endpoint));
  }

  #lookAtMemory(): void {
    this.#peakMemoryBytes = Math.max(this.#peakMemoryBytes, treeMemoryBytes(this.#pid));
  }
}
