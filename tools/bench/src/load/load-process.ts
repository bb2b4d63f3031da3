import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { childEnvironment } from '../process/child-environment.ts';
import { BELOW_NORMAL } from '../process/below-normal.ts';
import type { LoadAnswer, LoadJob, LoadResult } from './job.ts';

/** A process that sends load, so that neither this one nor a contestant shares an event loop with it. */
export interface LoadProcess {
  readonly pid: number;
  run(job: LoadJob): Promise<LoadResult>;
  stop(): Promise<void>;
}

const MAIN = fileURLToPath(new URL('./load-process-main.ts', import.meta.url));

interface LoadProcessOptions {
  /** File that takes jobs as `load-process-main.ts` does. @default that file */
  readonly main?: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Where load and contestant are one process: runs with a contestant's priority. @default false */
  readonly isContestant?: boolean;
}

/** Forks it; it ends with its channel, however this process ends. */
export function startLoadProcess(options: LoadProcessOptions = {}): LoadProcess {
  const { main = MAIN, args = [], env = childEnvironment(), isContestant = false } = options;
  const [nice, ...niceArgs] = BELOW_NORMAL;
  const child = fork(main, args, {
    env,
    ...(isContestant
      ? { execPath: nice, execArgv: [...niceArgs, process.execPath] }
      : { execPath: process.execPath, execArgv: [] }),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  if (child.pid === undefined) throw new Error(`${main}: did not start`);
  const exited = once(child, 'exit');
  return {
    pid: child.pid,
    async run(job) {
      const answered = once(child, 'message') as Promise<[LoadAnswer]>;
      child.send(job);
      const outcome = await Promise.race([answered, exited.then(() => null)]);
      const answer = outcome?.[0] ?? { ok: false, message: 'the process ended' };
      if (answer.ok) return answer.result;
      throw new Error(`load ${job.kind} on ${job.url}: ${answer.message}`);
    },
    async stop() {
      if (child.connected) child.disconnect();
      await exited;
    },
  };
}
