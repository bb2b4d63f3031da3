import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BELOW_NORMAL } from './below-normal.ts';
import { guardGroup, releaseGroup } from './orphan-guard.ts';

/** From SIGTERM until the whole group is killed, ms. */
const STOP_GRACE_MS = 3_000;
const PRINTED_KEPT = 2_000;

/** A process with all it starts. It ends with this process, however that ends. */
export interface ChildGroup {
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** Exit code, once it has ended; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** The end of what it printed. */
  printed(): string;
  /** Asks it to end, then kills what is left of the group. */
  stop(): Promise<void>;
}

export interface ChildCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Takes what it prints: a pipe would cost this process a share of every line. */
  readonly logFile: string;
  /** Command that starts it in its place. @default below the load's priority, so that arrivals stay on time */
  readonly launcher?: readonly string[];
}

/** Starts it as the leader of a group of its own. */
export function startGroup(asked: ChildCommand): ChildGroup {
  const { command, args, cwd, env, logFile, launcher = BELOW_NORMAL } = asked;
  const log = openSync(logFile, 'w');
  const [file = command, ...rest] = [...launcher, command, ...args];
  const child = spawn(file, rest, {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command}: did not start`);
  guardGroup(pid);
  const exited = once(child, 'exit');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    hasEnded,
    ended: exited.then(([code]: unknown[]) => code as number | null),
    printed: () => readFileSync(logFile, 'utf8').slice(-PRINTED_KEPT).trim(),
    async stop() {
      await endLeader(child, exited);
      killGroup(pid);
      releaseGroup(pid);
    },
  };
}

async function endLeader(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const giveUp = new AbortController();
  await Promise.race([exited, sleep(STOP_GRACE_MS, undefined, { signal: giveUp.signal })]).finally(() =>
    giveUp.abort(),
  );
}

function killGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // All of it has ended on its own.
  }
}
