/** Runs dynalite on the port it is told, and ends with the channel to the local stage. Argument: EngineProcessStart. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineMessage } from './child-engine.ts';
import { readEngineProcessStart } from './engine-process-start.ts';

interface DynaliteOptions {
  readonly path?: string;
  readonly createTableMs: number;
  readonly deleteTableMs: number;
  readonly updateTableMs: number;
}

/** A port that was left a moment ago may still be taken. */
const LISTEN_ATTEMPTS = 20;
const LISTEN_PAUSE_MS = 50;

const { port, dataDirectory, tables } = readEngineProcessStart();

// A file is whole after any kill: LevelDB logs each write before it is acknowledged.
process.on('disconnect', () => process.exit(0));

try {
  if (dataDirectory !== undefined)
    (await import('./data-folder.ts')).openDataFolder(dataDirectory, 'dynalite');
  // Dynalite has no types of its own.
  const { default: dynalite } = (await import('dynalite' as string)) as {
    default: (options: DynaliteOptions) => Server;
  };
  const server = dynalite({
    ...(dataDirectory !== undefined && { path: join(dataDirectory, 'dynalite') }),
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
  });
  if (tables && dataDirectory === undefined) {
    // The same engine behind a port of its own, until it has its tables.
    const side = createServer((request, response) => server.emit('request', request, response));
    const { createTables } = await import('./create-tables.ts');
    await createTables(`http://127.0.0.1:${await listen(side, 0)}`, tables);
    side.close();
  }
  tell({ kind: 'listening', port: await listen(server, port) });
} catch (error) {
  const { code, message } = error as { code?: unknown; message?: unknown };
  tell({
    kind: 'failed',
    reason: String(message),
    ...(code === 'DATA_FOLDER_REFUSED' && { code }),
  });
}

async function listen(server: Server, wantedPort: number): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      server.listen(wantedPort, '127.0.0.1');
      await once(server, 'listening');
      return (server.address() as AddressInfo).port;
    } catch (error) {
      if (attempt === LISTEN_ATTEMPTS) throw error;
      await sleep(LISTEN_PAUSE_MS);
    }
  }
}

function tell(message: EngineMessage): void {
  process.send?.(message);
}
