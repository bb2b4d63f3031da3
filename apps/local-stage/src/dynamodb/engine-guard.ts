/**
 * A process that owns an engine's binary: starts it, and kills it when the channel to the local stage ends, however
 * the stage ended. The binary itself would go on listening. Argument: EngineProcessStart.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineMessage } from './child-engine.ts';
import { readEngineProcessStart } from './engine-process-start.ts';
import { freePort } from './free-port.ts';
import { writeSchemaFile } from './write-schema-file.ts';

/** Another process may take the free port first, and one that was left a moment ago may still be taken. */
const PORT_ATTEMPTS = 20;
const PORT_PAUSE_MS = 50;

/** SQLite closes its files within this, or recovers them at the next start. */
const CLOSE_LIMIT_MS = 1_000;

const { binary = '', port: wantedPort, dataDirectory, tables } = readEngineProcessStart();
let engine: ChildProcess | null = null;

process.on('disconnect', () => {
  const hasEnded = engine?.pid === undefined || engine.exitCode !== null || engine.signalCode !== null;
  if (!engine || hasEnded) process.exit(0);
  engine.once('exit', () => process.exit(0));
  engine.kill('SIGTERM');
  setTimeout(() => engine?.kill('SIGKILL'), CLOSE_LIMIT_MS);
});
process.on('SIGTERM', () => process.disconnect());

try {
  if (dataDirectory !== undefined)
    (await import('./data-folder.ts')).openDataFolder(dataDirectory, 'dynoxide');
  await run();
} catch (error) {
  const { code, message } = error as { code?: unknown; message?: unknown };
  tell({ kind: 'failed', reason: String(message), ...(code === 'DATA_FOLDER_REFUSED' && { code }) });
}

async function run(): Promise<void> {
  const schemaFile = tables && dataDirectory === undefined ? writeSchemaFile(tables) : null;
  for (let attempt = 1; ; attempt += 1) {
    const port = wantedPort === 0 ? await freePort() : wantedPort;
    engine = spawn(binary, serveArguments(port, schemaFile), { stdio: ['ignore', 'pipe', 'pipe'] });
    const ended = describeEnd(engine);
    if (await Promise.race([saysListening(engine), ended.then(() => false)])) {
      if (schemaFile !== null) rmSync(schemaFile);
      tell({ kind: 'listening', port, ...(engine.pid !== undefined && { pid: engine.pid }) });
      process.stderr.write(`${await ended}\n`);
      process.exit(1);
    }
    const reason = await ended;
    if (attempt === PORT_ATTEMPTS || !/already in use/i.test(reason)) {
      if (schemaFile !== null) rmSync(schemaFile);
      tell({ kind: 'failed', reason });
      return;
    }
    await sleep(PORT_PAUSE_MS);
  }
}

function serveArguments(port: number, schemaFile: string | null): string[] {
  const database = dataDirectory === undefined ? [] : ['--db-path', join(dataDirectory, 'dynoxide.sqlite')];
  const schema = schemaFile === null ? [] : ['--schema', schemaFile];
  return ['serve', '--host', '127.0.0.1', '--port', String(port), ...database, ...schema];
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
