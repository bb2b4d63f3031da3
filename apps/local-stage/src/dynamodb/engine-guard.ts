/**
 * A process that owns an engine's binary: starts it on a free port, and kills it when the channel to the local
 * stage ends, however the stage ended. The binary itself would go on listening.
 *
 * Arguments: path of the binary, then the database file or nothing.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { EngineMessage } from './child-engine.ts';
import { freePort } from './free-port.ts';

/** Another process may take the free port first. */
const PORT_ATTEMPTS = 5;

/** SQLite closes its files within this, or recovers them at the next start. */
const CLOSE_LIMIT_MS = 1_000;

const [binary = '', databaseFile] = process.argv.slice(2);
let engine: ChildProcess | null = null;

process.on('disconnect', () => {
  const hasEnded = engine?.pid === undefined || engine.exitCode !== null || engine.signalCode !== null;
  if (!engine || hasEnded) process.exit(0);
  engine.once('exit', () => process.exit(0));
  engine.kill('SIGTERM');
  setTimeout(() => engine?.kill('SIGKILL'), CLOSE_LIMIT_MS);
});
process.on('SIGTERM', () => process.disconnect());

for (let attempt = 1; ; attempt += 1) {
  const port = await freePort();
  engine = spawn(binary, serveArguments(port), { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = describeEnd(engine);
  if (await Promise.race([saysListening(engine), ended.then(() => false)])) {
    tell({ kind: 'listening', port, ...(engine.pid !== undefined && { pid: engine.pid }) });
    process.stderr.write(`${await ended}\n`);
    process.exit(1);
  }
  const reason = await ended;
  if (attempt < PORT_ATTEMPTS && /already in use/i.test(reason)) continue;
  tell({ kind: 'failed', reason });
  break;
}

function serveArguments(port: number): string[] {
  const database = databaseFile === undefined ? [] : ['--db-path', databaseFile];
  return ['serve', '--host', '127.0.0.1', '--port', String(port), ...database];
}

/** Its own word that it has the port: a probe might be answered by whoever was quicker. */
async function saysListening(child: ChildProcess): Promise<boolean> {
  return new Promise((resolve) => {
    const look = (chunk: Buffer) => {
      if (chunk.toString().includes('listening on')) resolve(true);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
  });
}

async function describeEnd(child: ChildProcess): Promise<string> {
  let tail = '';
  child.stderr?.on('data', (chunk: Buffer) => (tail = (tail + chunk.toString()).slice(-2_000)));
  try {
    const [status, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return `${binary} ended by ${signal ?? `exit status ${status}`}: ${tail.trim() || 'no message'}`;
  } catch (error) {
    return `${binary} did not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function tell(message: EngineMessage): void {
  process.send?.(message);
}
