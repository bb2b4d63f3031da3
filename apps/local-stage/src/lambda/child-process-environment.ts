import type { ChildProcess } from 'node:child_process';
import type { InvocationContext } from '../gateway/integration.ts';
import type { EnvironmentAnswer, ExecutionEnvironment, InitOutcome, RanOutcome } from './environment-port.ts';
import type { InvocationMessage, WorkerMessage } from './worker-protocol.ts';

interface Pending {
  readonly startedAtMs: number;
  readonly timer: NodeJS.Timeout;
  settle(answer: EnvironmentAnswer): void;
}

/** One execution environment as a child process that runs `worker.ts`. */
export class ChildProcessEnvironment implements ExecutionEnvironment {
  readonly ready: Promise<InitOutcome>;
  readonly gone: Promise<void>;
  readonly #child: ChildProcess;
  readonly #startedAtMs = performance.now();
  readonly #initTimer: NodeJS.Timeout;
  #settleInit!: (outcome: InitOutcome) => void;
  #pending: Pending | null = null;
  #hasEnded = false;
  #exiting: Extract<WorkerMessage, { kind: 'exiting' }> | null = null;

  /** @param initLimitMs the process is killed if it is not ready by then */
  constructor(child: ChildProcess, initLimitMs: number) {
    this.#child = child;
    this.ready = new Promise((resolve) => (this.#settleInit = resolve));
    this.gone = new Promise((resolve) => {
      whenGone(child, (reason) => {
        this.#ended(reason);
        resolve();
      });
    });
    this.#initTimer = setTimeout(() => this.#endInit({ kind: 'overran', initMs: initLimitMs }), initLimitMs);
    child.on('message', (message) => this.#take(message as WorkerMessage));
  }

  invoke(event: unknown, context: InvocationContext, timeoutMs: number): Promise<EnvironmentAnswer> {
    if (this.#hasEnded) return Promise.resolve({ kind: 'not-begun' });
    return new Promise((settle) => {
      const timer = setTimeout(() => this.#timeOut(timeoutMs), timeoutMs);
      this.#pending = { startedAtMs: performance.now(), timer, settle };
      const message: InvocationMessage = {
        requestId: context.requestId,
        traceId: context.traceId,
        deadlineMs: Date.now() + timeoutMs,
        event,
      };
      // A broken channel needs no care here: the process's end settles the invocation.
      this.#child.send(message, () => {});
    });
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #take(message: WorkerMessage): void {
    switch (message.kind) {
      case 'ready':
        return this.#endInit({ kind: 'ready', initMs: performance.now() - this.#startedAtMs });
      case 'init-failed': {
        const { errorType, errorMessage } = message;
        return this.#failInit({ kind: 'threw', errorType, errorMessage });
      }
      case 'exiting':
        this.#exiting = message;
        return;
      case 'returned':
        return this.#answer({ kind: 'returned', payload: JSON.parse(message.json) }, message.durationMs);
      case 'threw': {
        const { errorType, errorMessage, durationMs } = message;
        return this.#answer({ kind: 'threw', errorType, errorMessage }, durationMs);
      }
    }
  }

  #failInit(outcome: RanOutcome): void {
    this.#endInit({ kind: 'failed', initMs: performance.now() - this.#startedAtMs, outcome });
  }

  #endInit(outcome: InitOutcome): void {
    clearTimeout(this.#initTimer);
    this.#settleInit(outcome);
    if (outcome.kind !== 'ready') this.kill();
  }

  #timeOut(timeoutMs: number): void {
    this.kill();
    this.#answer({ kind: 'timed-out', timeoutMs }, timeoutMs);
  }

  #answer(outcome: RanOutcome, durationMs: number): void {
    this.#settle({ kind: 'ran', outcome, durationMs });
  }

  #settle(answer: EnvironmentAnswer): void {
    const pending = this.#pending;
    if (!pending) return;
    this.#pending = null;
    clearTimeout(pending.timer);
    pending.settle(answer);
  }

  #ended(signalOrStatus: string): void {
    this.#hasEnded = true;
    const reason = this.#exiting?.reason ?? signalOrStatus;
    this.#failInit({ kind: 'crashed', reason });
    if (this.#exiting?.begun === false) return this.#settle({ kind: 'not-begun' });
    this.#answer({ kind: 'crashed', reason }, performance.now() - (this.#pending?.startedAtMs ?? 0));
  }
}

/** When the process has exited and all it sent has been read: either may come first. */
function whenGone(child: ChildProcess, listener: (reason: string) => void): void {
  let reason: string | null = null;
  const check = () => {
    if (reason !== null && (!child.connected || child.pid === undefined)) listener(reason);
  };
  child.on('disconnect', check);
  child.on('exit', (status, signal) => {
    reason = signal === null ? `Runtime.ExitError: exit status ${status}` : describeSignal(signal);
    check();
  });
  child.on('error', (error) => {
    // Any error but this is followed by an exit: the process never started.
    if (child.pid !== undefined) return;
    reason = `Runtime.ExitError: ${error.message}`;
    check();
  });
}

function describeSignal(signal: string): string {
  const heapFull = signal === 'SIGABRT' ? ', which is how V8 ends when the heap of memorySizeMb is full' : '';
  return `Runtime.ExitError: signal ${signal}${heapFull}`;
}
