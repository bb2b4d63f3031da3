import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { EngineError } from './engine-error.ts';
import type { DynamoDbEngine } from './engine.ts';

/** What an engine's process tells the local stage. */
export type EngineMessage =
  /** `pid` of a process that would outlive the one that tells. */
  | { readonly kind: 'listening'; readonly port: number; readonly pid?: number }
  /** It can't start, or it stopped. */
  | { readonly kind: 'failed'; readonly reason: string; readonly code?: 'DATA_FOLDER_REFUSED' };

const START_LIMIT_MS = 15_000;

/** How long an engine may take to close its files before it is killed. */
const STOP_LIMIT_MS = 3_000;

/**
 * Runs an engine as a process of its own that ends with its channel, so that even `kill -9` leaves no listener.
 * @param script TypeScript file that sends {@link EngineMessage}
 * @throws {EngineError} `ENGINE_NOT_STARTED` with what the process said last, `DATA_FOLDER_REFUSED`
 */
export async function startChildEngine(
  name: 'dynoxide' | 'dynalite',
  script: URL,
  args: readonly string[],
): Promise<DynamoDbEngine> {
  // In a session of its own: on Ctrl-C the stage answers what runs before it stops its engine.
  const child = fork(script, args, {
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    detached: true,
  });
  const lastWords = collectTail(child);
  const exited = exitWithLastWords(child);
  let stopping = false;
  let listener: ((reason: string) => void) | null = null;
  let reason: string | null = null;
  const stop = async () => {
    stopping = true;
    if (reason !== null) return;
    const killer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    if (child.connected) child.disconnect();
    await exited;
    clearTimeout(killer);
  };
  const { port, pid } = await untilListening(name, child, exited, lastWords).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  void exited.then(([status, signal]) => {
    if (pid !== undefined && signal !== null) killIfThere(pid);
    reason = `${name} ended by ${signal ?? `exit status ${status}`}: ${lastWords() || 'no message'}`;
    if (!stopping) listener?.(reason);
  });
  return {
    name,
    endpoint: `http://127.0.0.1:${port}`,
    stop,
    onUnexpectedExit(newListener) {
      listener = newListener;
      if (reason !== null && !stopping) newListener(reason);
    },
  };
}

async function untilListening(
  name: string,
  child: ChildProcess,
  exited: Promise<unknown>,
  lastWords: () => string,
): Promise<Extract<EngineMessage, { kind: 'listening' }>> {
  const failed = (reason: string) =>
    new EngineError('ENGINE_NOT_STARTED', `${name}: ${reason}; want a listener; try another --engine`);
  return new Promise((resolve, reject) => {
    const give = (settle: () => void) => {
      clearTimeout(timer);
      child.off('message', take);
      settle();
    };
    const take = (message: unknown) => {
      const told = message as EngineMessage;
      if (told.kind === 'listening') give(() => resolve(told));
      else if (told.code) give(() => reject(new EngineError('DATA_FOLDER_REFUSED', told.reason)));
      else give(() => reject(failed(told.reason)));
    };
    const ended = () =>
      give(() => reject(failed(`ended before it listened: ${lastWords() || 'no message'}`)));
    const timer = setTimeout(() => {
      give(() => reject(failed(`did not listen within ${START_LIMIT_MS / 1000} s`)));
    }, START_LIMIT_MS);
    child.on('message', take);
    void exited.then(ended);
  });
}

/** Settles when all it wrote has been read too; 'close' would not come after a disconnect from this side. */
async function exitWithLastWords(child: ChildProcess): Promise<[number | null, NodeJS.Signals | null]> {
  const [exit] = await Promise.all([once(child, 'exit'), child.stderr && once(child.stderr, 'close')]);
  return exit as [number | null, NodeJS.Signals | null];
}

/** The end of what the process wrote to stderr; read all along, so that it never blocks on a full pipe. */
function collectTail(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (tail = (tail + text).slice(-2_000)));
  return () => tail.trim();
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended on its own.
  }
}
