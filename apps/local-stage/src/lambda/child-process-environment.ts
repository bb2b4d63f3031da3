import type { ChildProcess } from 'node:child_process';
import type { InvocationContext } from '../gateway/integration.ts';
import { ChildFreeze } from './child-freeze.ts';
import { ChildLog } from './child-log.ts';
import type { ChildMemory } from './child-memory.ts';
import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';
import type { EnvironmentLog } from './environment-log.ts';
import type { EnvironmentAnswer, ExecutionEnvironment, InitOutcome, RanOutcome } from './environment-port.ts';
import { reasonOfEnd, whenGone, type ProcessEnd } from './runtime/process-end.ts';
import type { InvocationMessage, WorkerMessage } from './worker-protocol.ts';

interface Pending {
  readonly requestId: string;
  readonly startedAtMs: number;
  /** How long init took inside this invocation (F36). */
  readonly initInsideMs: number;
  /** What it left to be done earlier belongs to this invocation. */
  readonly wasFrozen: boolean;
  readonly timer: NodeJS.Timeout;
  settle(answer: EnvironmentAnswer): void;
}

/** Who sees to a process from outside. */
export interface Attendants {
  readonly memory: ChildMemory;
  /** `null`: no log is written. */
  readonly log: EnvironmentLog | null;
  onMetrics(metrics: readonly EmbeddedMetric[]): void;
}

/** One execution environment as a child process that runs `worker.ts`. */
export class ChildProcessEnvironment implements ExecutionEnvironment {
  readonly ready: Promise<InitOutcome>;
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #attendants: Attendants;
  readonly #log: ChildLog;
  readonly #freeze: ChildFreeze;
  readonly #startedAtMs = performance.now();
  readonly #initTimer: NodeJS.Timeout;
  #settleInit: ((outcome: InitOutcome) => void) | null = null;
  #pending: Pending | null = null;
  #hasEnded = false;
  #exiting: Extract<WorkerMessage, { kind: 'exiting' }> | null = null;

  /** @param initLimitMs the process is killed if it is not ready by then */
  constructor(child: ChildProcess, initLimitMs: number, attendants: Attendants) {
    this.#child = child;
    this.#attendants = attendants;
    this.#log = new ChildLog(attendants.log, attendants.memory);
    this.#freeze = new ChildFreeze(child);
    this.ready = new Promise((resolve) => (this.#settleInit = resolve));
    this.gone = new Promise((resolve) => {
      whenGone(child, (end) => {
        this.#ended(end);
        resolve();
      });
    });
    this.#initTimer = setTimeout(() => this.#overrunInit(initLimitMs), initLimitMs);
    child.on('message', (message) => this.#take(message as WorkerMessage));
    attendants.memory.onExceeded(() => this.#outgrow());
    attendants.memory.watch();
  }

  invoke(
    event: unknown,
    context: InvocationContext,
    timeoutMs: number,
    initInsideMs = 0,
  ): Promise<EnvironmentAnswer> {
    if (this.#hasEnded) return Promise.resolve({ kind: 'not-begun' });
    return new Promise((settle) => {
      const timer = setTimeout(() => this.#timeOut(timeoutMs), timeoutMs);
      const { requestId, traceId } = context;
      const startedAtMs = performance.now();
      const wasFrozen = this.#freeze.thaw();
      this.#pending = { requestId, startedAtMs, initInsideMs, timer, settle, wasFrozen };
      const deadlineMs = Date.now() + timeoutMs;
      const message: InvocationMessage = { requestId, traceId, deadlineMs, event, initInsideMs };
      this.#attendants.memory.watch();
      // A broken channel needs no care here: the process's end settles the invocation.
      this.#child.send(message, () => {});
    });
  }

  freeze(): void {
    this.#freeze.freeze();
  }

  kill(): void {
    this.#log.dismissed();
    this.#child.kill('SIGKILL');
  }

  #take(message: WorkerMessage): void {
    if ('metrics' in message && message.metrics) this.#attendants.onMetrics(message.metrics);
    switch (message.kind) {
      case 'ready':
        return this.#becomeReady();
      case 'init-failed': {
        const { errorType, errorMessage } = message;
        return this.#failInit({ kind: 'threw', errorType, errorMessage }, null);
      }
      case 'printed-metrics':
        return;
      case 'exiting':
        this.#exiting = message;
        this.#attendants.memory.hadMb(message.peakMemoryMb ?? 0);
        return;
      case 'returned':
        return this.#answer({ kind: 'returned', payload: JSON.parse(message.json) }, message.durationMs);
      case 'threw': {
        const { errorType, errorMessage, durationMs } = message;
        return this.#answer({ kind: 'threw', errorType, errorMessage }, durationMs);
      }
    }
  }

  #becomeReady(): void {
    const initMs = performance.now() - this.#startedAtMs;
    this.#log.initSucceeded(initMs);
    this.#endInit({ kind: 'ready', initMs });
  }

  #overrunInit(initMs: number): void {
    this.#log.initFailed(null, null, initMs);
    this.#endInit({ kind: 'overran', initMs });
  }

  #failInit(outcome: RanOutcome, end: ProcessEnd | null): void {
    if (!this.#settleInit) return;
    const initMs = performance.now() - this.#startedAtMs;
    this.#log.initFailed(outcome, end, initMs);
    this.#endInit({ kind: 'failed', initMs, outcome });
  }

  #endInit(outcome: InitOutcome): void {
    clearTimeout(this.#initTimer);
    this.#attendants.memory.unwatch();
    this.#settleInit?.(outcome);
    this.#settleInit = null;
    if (outcome.kind !== 'ready') this.#child.kill('SIGKILL');
  }

  #timeOut(timeoutMs: number): void {
    this.#logEnd({ kind: 'timed-out', timeoutMs }, null, timeoutMs);
    this.#child.kill('SIGKILL');
    this.#answer({ kind: 'timed-out', timeoutMs }, timeoutMs);
  }

  #outgrow(): void {
    const { memory } = this.#attendants;
    const end: ProcessEnd = { status: null, signal: 'SIGKILL', outOfMemory: true };
    const reason = `Runtime.OutOfMemory: the process holds more than memorySizeMb ${memory.limitMb}`;
    memory.hadMb(memory.limitMb);
    this.#child.kill('SIGKILL');
    this.#crash(reason, end);
  }

  #crash(reason: string, end: ProcessEnd): void {
    if (this.#settleInit) return this.#failInit({ kind: 'crashed', reason }, end);
    if (!this.#pending) return;
    const durationMs = performance.now() - this.#pending.startedAtMs;
    this.#logEnd({ kind: 'crashed', reason }, end, durationMs);
    this.#answer({ kind: 'crashed', reason }, durationMs);
  }

  #logEnd(outcome: RanOutcome, end: ProcessEnd | null, durationMs: number): void {
    if (!this.#pending) return;
    const { requestId, initInsideMs } = this.#pending;
    this.#log.invocationEnded(requestId, outcome, end, durationMs + initInsideMs);
  }

  #answer(outcome: RanOutcome, durationMs: number): void {
    this.#settle({ kind: 'ran', outcome, durationMs });
  }

  #settle(answer: EnvironmentAnswer): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = null;
    clearTimeout(pending.timer);
    this.#attendants.memory.unwatch();
    pending.settle(answer);
  }

  /** By what an earlier invocation left: where that has been frozen since, Lambda fails the next. */
  #endUnbegun(): void {
    if (!this.#pending?.wasFrozen) return this.#settle({ kind: 'not-begun' });
    this.#log.invocationStarted(this.#pending.requestId);
  }

  #ended(end: ProcessEnd): void {
    this.#hasEnded = true;
    if (this.#exiting?.begun === false) this.#endUnbegun();
    this.#crash(this.#exiting?.reason ?? reasonOfEnd(end), end);
    this.#attendants.memory.unwatch();
  }
}
