import type { ChildProcess } from 'node:child_process';

/** How a process ended. */
export interface ProcessEnd {
  readonly status: number | null;
  readonly signal: string | null;
  /** Its memory was over the function's. */
  readonly outOfMemory?: boolean;
  /** It never started. */
  readonly error?: string;
}

/** When the process has exited and all it sent has been read: either may come first. */
export function whenGone(child: ChildProcess, listener: (end: ProcessEnd) => void): void {
  let end: ProcessEnd | null = null;
  const check = () => {
    if (end !== null && (!child.connected || child.pid === undefined)) listener(end);
  };
  child.on('disconnect', check);
  child.on('exit', (status, signal) => {
    end = { status, signal };
    check();
  });
  child.on('error', (error) => {
    // Any error but this is followed by an exit: the process never started.
    if (child.pid !== undefined) return;
    end = { status: null, signal: null, error: error.message };
    check();
  });
}

/** For the caller, who sees no log. */
export function reasonOfEnd({ status, signal, error }: ProcessEnd): string {
  if (error !== undefined) return `Runtime.ExitError: ${error}`;
  if (signal === null) return `Runtime.ExitError: exit status ${status}`;
  const heapFull = signal === 'SIGABRT' ? ', which is how V8 ends when the heap of memorySizeMb is full' : '';
  return `Runtime.ExitError: signal ${signal}${heapFull}`;
}

/** As Go words it, in which Lambda's supervisor is written. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** For Lambda's log: `exit status 1`, `signal: killed`; empty for a process that exited with 0. */
export function wordingOfEnd({ status, signal, error }: ProcessEnd): string {
  if (error !== undefined) return error;
  if (signal !== null) return `signal: ${SIGNALS[signal] ?? signal.toLowerCase().replace(/^sig/, '')}`;
  return status ? `exit status ${status}` : '';
}
