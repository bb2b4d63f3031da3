import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ChildProcessEnvironment } from './child-process-environment.ts';
import type { EnvironmentSource, ExecutionEnvironment } from './environment-port.ts';
import { environmentVariables, logStreamName } from './environment-variables.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { OrphanGuard } from './orphan-guard.ts';

const WORKER = fileURLToPath(new URL('./runtime/worker.ts', import.meta.url));

/** Share of a function's memory that its JavaScript heap may take; the rest is for Node itself and for buffers. */
const HEAP_RATIO = 0.9;

/** Execution environments as child processes of this one: a crash, a loop or a full heap stays inside. */
export class ChildProcessSource implements EnvironmentSource {
  readonly #guard = new OrphanGuard();
  #log: number | null = null;

  start(definition: FunctionDefinition, initLimitMs: number): ExecutionEnvironment {
    // Straight to a file or to nowhere: a pipe would have to be read, and a full one would stop the handler.
    const output = this.#open(definition.logFile);
    const child = fork(WORKER, [], {
      cwd: definition.bundleDirectory,
      env: environmentVariables(definition, logStreamName(Date.now(), randomBytes(16).toString('hex'))),
      execArgv: [`--max-old-space-size=${Math.floor(definition.memorySizeMb * HEAP_RATIO)}`],
      // Structured clone. JSON carries 1 KB events 1.1 to 1.4 times as fast, some 10 µs each, and 350 KB events at a
      // third to a half of the rate, for 450 to 600 µs more of this process's CPU each.
      serialization: 'advanced',
      // In the session of this process: Linux shares the cores between sessions first, so environments in sessions
      // of their own would together outweigh whoever loads the stage from the same machine.
      stdio: ['ignore', output, output, 'ipc'],
    });
    const environment = new ChildProcessEnvironment(child, initLimitMs);
    const { pid } = child;
    if (pid !== undefined) {
      this.#guard.watch(pid);
      void environment.gone.then(() => this.#guard.forget(pid));
    }
    return environment;
  }

  async close(): Promise<void> {
    if (this.#log !== null) closeSync(this.#log);
    this.#log = null;
    await this.#guard.close();
  }

  #open(logFile: string | undefined): number | 'ignore' {
    if (logFile === undefined) return 'ignore';
    return (this.#log ??= openSync(logFile, 'a'));
  }
}
