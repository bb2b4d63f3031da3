import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment } from '../process/child-environment.ts';
import { startGroup, type ChildGroup } from '../process/child-group.ts';
import { freePort } from '../process/free-port.ts';

/** A DynamoDB in a process of its own: the same one for every contestant, new for each run. */
export interface Engine {
  readonly name: 'dynoxide' | 'dynalite';
  readonly endpoint: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const START_LIMIT_MS = 15_000;
const PAUSE_MS = 10;

/**
 * Dynoxide where its binary is installed, dynalite elsewhere; both in memory.
 * @param directory for what it prints
 */
export async function startEngine(directory: string): Promise<Engine> {
  const port = await freePort();
  const binary = findDynoxide();
  const [command, ...args] =
    binary === null
      ? [process.execPath, fileURLToPath(new URL('./dynalite-main.ts', import.meta.url)), String(port)]
      : [binary, 'serve', '--host', '127.0.0.1', '--port', String(port)];
  const logFile = join(directory, 'engine.log');
  const group = startGroup({ command, args, cwd: directory, env: childEnvironment(), logFile });
  const endpoint = `http://127.0.0.1:${port}`;
  await untilAnswering(endpoint, group);
  return {
    name: binary === null ? 'dynalite' : 'dynoxide',
    endpoint,
    pid: group.pid,
    stop: () => group.stop(),
  };
}

function findDynoxide(): string | null {
  try {
    return createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/dynoxide`);
  } catch {
    return null;
  }
}

async function untilAnswering(endpoint: string, group: ChildGroup): Promise<void> {
  const giveUpMs = performance.now() + START_LIMIT_MS;
  for (;;) {
    const answered = await fetch(endpoint).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (group.hasEnded() || performance.now() > giveUpMs) {
      const printed = group.printed();
      await group.stop();
      throw new Error(`engine: found no answer at ${endpoint}, it printed: ${printed || 'nothing'}`);
    }
    await sleep(PAUSE_MS);
  }
}
