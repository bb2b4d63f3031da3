import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo } from 'node:net';
import dynalite from 'dynalite';

/** A DynamoDB to test against, empty. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<unknown>;
}

const dynoxide = findDynoxide();

/** The engines of this machine: dynoxide only where its binary is installed. */
export const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['dynalite', startDynalite],
  ...(dynoxide ? ([['dynoxide', () => startDynoxide(dynoxide)]] as const) : []),
];

async function startDynalite(): Promise<Engine> {
  const server = dynalite({ createTableMs: 0 }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

async function startDynoxide(binary: string): Promise<Engine> {
  const port = await findFreePort();
  const child = spawn(binary, ['--port', String(port)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const exit = once(child, 'exit');
  // Its first line says that it listens.
  await Promise.race([once(child.stderr, 'data'), exit]);
  if (child.exitCode !== null) throw new Error(`dynoxide ended with ${child.exitCode} before it listened`);
  child.stderr.resume();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    stop: () => {
      child.kill('SIGKILL');
      return exit;
    },
  };
}

/** A port nobody listens on: dynoxide does not say which one it took when asked for any. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function findDynoxide(): string | undefined {
  try {
    return createRequire(__filename).resolve('@dynoxide/linux-x64/dynoxide');
  } catch {
    return undefined;
  }
}
