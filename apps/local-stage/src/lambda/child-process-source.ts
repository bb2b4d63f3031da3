import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { InvocationContext } from '../gateway/integration.ts';
import { ChildMemory } from './child-memory.ts';
import { ChildProcessEnvironment } from './child-process-environment.ts';
import type { EmbeddedMetric } from './runtime/embedded-metrics.ts';
import { EnvironmentLog } from './environment-log.ts';
import type { EnvironmentSource, ExecutionEnvironment } from './environment-port.ts';
import { environmentVariables, logStreamName } from './environment-variables.ts';
import type { FunctionDefinition } from './function-definition.ts';
import { MemoryGuard } from './memory-guard.ts';
import { OrphanGuard } from './orphan-guard.ts';

const WORKER = fileURLToPath(new URL('./runtime/worker.ts', import.meta.url));

/** Share of a function's memory that its JavaScript heap may take; the rest is for Node itself and for buffers. */
const HEAP_RATIO = 0.9;

/**
 * Share of it that each half of the heap's young generation may take, as Lambda's own start script has it **?**: the
 * 16 MB that V8 takes by itself would be much of a small function's memory. A large one gets no more than these.
 */
const SEMI_SPACE_RATIO = 0.05;
const OWN_SEMI_SPACE_MB = 16;

/** Execution environments as child processes of this one: a crash, a loop or a full heap stays inside. */
export class ChildProcessSource implements EnvironmentSource {
  readonly #orphans = new OrphanGuard();
  readonly #memory = new MemoryGuard();
  readonly #onMetrics: (metrics: readonly EmbeddedMetric[]) => void;
  #log: number | null = null;

  /** @param onMetrics told of the metrics that functions print */
  constructor(onMetrics: (metrics: readonly EmbeddedMetric[]) => void) {
    this.#onMetrics = onMetrics;
  }

  start(
    definition: FunctionDefinition,
    initLimitMs: number,
    inside?: InvocationContext,
  ): ExecutionEnvironment {
    const logFile = this.#open(definition.logFile);
    const log =
      logFile === null
        ? null
        : new EnvironmentLog((text) => append(logFile, text), definition, inside?.requestId);
    // Straight to a file or to nowhere: a pipe would have to be read, and a full one would stop the handler.
    const output = logFile ?? 'ignore';
    const stream = logStreamName(Date.now(), randomBytes(16).toString('hex'), definition.version);
    const child = fork(WORKER, [], {
      cwd: definition.bundleDirectory,
      env: environmentVariables(definition, stream),
      execArgv: heapLimits(definition.memorySizeMb),
      // Structured clone. JSON carries 1 KB events 1.1 to 1.4 times as fast, some 10 µs each, and 350 KB events at a
      // third to a half of the rate, for 450 to 600 µs more of this process's CPU each.
      serialization: 'advanced',
      // In the session of this process: Linux shares the cores between sessions first, so environments in sessions
      // of their own would together outweigh whoever loads the stage from the same machine.
      stdio: ['ignore', output, output, 'ipc'],
    });
    const environment = new ChildProcessEnvironment(child, initLimitMs, {
      memory: new ChildMemory(child.pid, this.#memory, definition.memorySizeMb),
      log,
      onMetrics: this.#onMetrics,
    });
    const { pid } = child;
    if (pid !== undefined) {
      this.#orphans.watch(pid);
      void environment.gone.then(() => this.#orphans.forget(pid));
    }
    return environment;
  }

  async close(): Promise<void> {
    if (this.#log !== null) closeSync(this.#log);
    this.#log = null;
    await this.#orphans.close();
  }

  #open(logFile: string | undefined): number | null {
    if (logFile === undefined) return null;
    return (this.#log ??= openSync(logFile, 'a'));
  }
}

function heapLimits(memorySizeMb: number): string[] {
  const semiSpaceMb = Math.floor(memorySizeMb * SEMI_SPACE_RATIO);
  return [
    `--max-old-space-size=${Math.floor(memorySizeMb * HEAP_RATIO)}`,
    ...(semiSpaceMb < OWN_SEMI_SPACE_MB ? [`--max-semi-space-size=${semiSpaceMb}`] : []),
  ];
}

/** A full disk must not end the stage, nor the log of an environment that ends after the stage closed it. */
function append(file: number, text: string): void {
  try {
    if (text !== '') writeSync(file, text);
  } catch {
    // Lambda loses log lines too, rather than invocations.
  }
}
