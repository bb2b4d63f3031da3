import { spawn, type ChildProcess } from 'node:child_process';
import { OrphanGuard } from '../lambda/orphan-guard.ts';
import type { RebuildOutcome } from './rebuild-loop.ts';

/** Requests wait meanwhile: a command that hangs must not keep them for ever. */
const LIMIT_MS = 120_000;

/** A shell command that makes sources into a template; it and what it starts never outlive this process. */
export class RebuildCommand {
  readonly #command: string;
  readonly #workingDirectory: string;
  readonly #orphans = new OrphanGuard();
  #child: ChildProcess | null = null;

  constructor(command: string, workingDirectory: string) {
    this.#command = command;
    this.#workingDirectory = workingDirectory;
  }

  /** Runs it once; what it printed is the message of a failure. */
  run(): Promise<RebuildOutcome> {
    // A process group of its own, so that its children can be ended with it.
    const child = spawn('/bin/sh', ['-c', this.#command], {
      cwd: this.#workingDirectory,
      env: withoutTask(process.env),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    this.#child = child;
    const group = child.pid === undefined ? null : -child.pid;
    if (group !== null) this.#orphans.watch(group);
    let printed = '';
    const keep = (chunk: Buffer): void => void (printed += chunk.toString());
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    const timer = setTimeout(() => this.#kill(), LIMIT_MS);
    return new Promise((resolve) => {
      const ended = (why: string | null): void => {
        clearTimeout(timer);
        this.#child = null;
        if (group !== null) this.#orphans.forget(group);
        resolve(
          why === null
            ? { ok: true }
            : { ok: false, message: `${printed.trim()}\n${this.#command}: ${why}`.trim() },
        );
      };
      child.on('error', (error) => ended(error.message));
      child.on('close', (status, signal) => ended(status === 0 ? null : describe(status, signal)));
    });
  }

  /** Ends the command if it runs. */
  async close(): Promise<void> {
    this.#kill();
    await this.#orphans.close();
  }

  #kill(): void {
    if (this.#child?.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, 'SIGKILL');
    } catch {
      // It ended meanwhile.
    }
  }
}

function describe(status: number | null, signal: NodeJS.Signals | null): string {
  return status === null ? `ended by ${signal}` : `exit status ${status}`;
}

/** Nx tells its tasks who they are; the command must not be taken for the task that serves this stage. */
function withoutTask(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => !/^NX_(TASK|INVOKED|TERMINAL|STREAM|FORKED)/.test(name)),
  );
}
