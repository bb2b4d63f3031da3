/** Runs dynalite on a port of its own choice and ends with the channel to the local stage. Argument: database path. */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EngineMessage } from './child-engine.ts';

interface DynaliteOptions {
  readonly path?: string;
  readonly createTableMs: number;
  readonly deleteTableMs: number;
  readonly updateTableMs: number;
}

const [path] = process.argv.slice(2);

// A file is whole after any kill: LevelDB logs each write before it is acknowledged.
process.on('disconnect', () => process.exit(0));

// Dynalite has no types of its own.
const { default: dynalite } = (await import('dynalite' as string)) as {
  default: (options: DynaliteOptions) => Server;
};
const server = dynalite({
  ...(path !== undefined && { path }),
  createTableMs: 0,
  deleteTableMs: 0,
  updateTableMs: 0,
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const message: EngineMessage = { kind: 'listening', port: (server.address() as AddressInfo).port };
process.send?.(message);
