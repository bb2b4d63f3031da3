import { readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { makeFolder } from '../make-folder.ts';

/** A folder that can't hold this engine's tables; the message says found, wanted, next. */
export class DataFolderError extends Error {
  readonly code = 'DATA_FOLDER_REFUSED';
  readonly directory: string;

  constructor(directory: string, foundAndWanted: string, cause?: unknown) {
    super(`--data-dir ${directory}: ${foundAndWanted}`, { cause });
    this.name = 'DataFolderError';
    this.directory = directory;
  }
}

/** Says whose tables are in the folder. */
const MARKER_FILE = 'engine.json';
const markerSchema = z.strictObject({ engine: z.enum(['dynoxide', 'dynalite']) });

const LOCK_FILE = 'lock';
const LOCK_FILES = [LOCK_FILE, `${LOCK_FILE}-journal`];

/** The engine of a stage that was killed takes this long to end, and holds the lock until then. */
const LOCK_PATIENCE_MS = 2_000;

const SQLITE_BUSY = 5;

/** Kept for as long as the process lives: to close the lock's file would be to give it back. */
const heldLocks: DatabaseSync[] = [];

/**
 * Takes a folder for this process alone, and makes it where there is none. To be called in the process that writes
 * the tables: the lock ends with it, however it ends, and not before.
 * @throws {DataFolderError} before anything in the folder is touched
 */
export function openDataFolder(directory: string, engine: 'dynoxide' | 'dynalite'): void {
  const files = listFiles(directory);
  const foreign = files.filter((name) => !LOCK_FILES.includes(name));
  if (foreign.length > 0 && !files.includes(MARKER_FILE)) {
    const found = foreign.slice(0, 3).join(', ');
    throw new DataFolderError(
      directory,
      `found files that no stage made (${found}), want an empty folder or a stage's; choose another`,
    );
  }
  lock(directory);
  const owner = readMarker(directory);
  if (owner === null) return writeMarker(directory, engine);
  if (owner !== engine) {
    throw new DataFolderError(
      directory,
      `found the tables of ${owner}, want those of ${engine}; choose --engine=${owner} or another folder`,
    );
  }
}

function listFiles(directory: string): readonly string[] {
  try {
    makeFolder(directory);
    return readdirSync(directory);
  } catch (error) {
    throw notWritable(directory, error);
  }
}

/** A lock of the operating system on a file of SQLite's: Node has none of its own, and one by process id outlives it. */
function lock(directory: string): void {
  try {
    const database = new DatabaseSync(join(directory, LOCK_FILE));
    heldLocks.push(database);
    database.exec(`PRAGMA busy_timeout = ${LOCK_PATIENCE_MS}; BEGIN EXCLUSIVE`);
  } catch (error) {
    if ((error as { errcode?: number }).errcode !== SQLITE_BUSY) throw notWritable(directory, error);
    throw new DataFolderError(
      directory,
      'found it in use by another stage, want it for this one alone; stop that one or choose another folder',
      error,
    );
  }
}

function readMarker(directory: string): 'dynoxide' | 'dynalite' | null {
  let text: string;
  try {
    text = readFileSync(join(directory, MARKER_FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw notWritable(directory, error);
  }
  const parsed = z
    .string()
    .transform((value, context) => {
      try {
        return JSON.parse(value) as unknown;
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(markerSchema)
    .safeParse(text);
  if (parsed.success) return parsed.data.engine;
  throw new DataFolderError(
    directory,
    `found an ${MARKER_FILE} that no stage wrote, want a stage's folder; choose another`,
    parsed.error,
  );
}

function writeMarker(directory: string, engine: 'dynoxide' | 'dynalite'): void {
  const file = join(directory, MARKER_FILE);
  try {
    writeFileSync(`${file}.new`, `${JSON.stringify({ engine })}\n`);
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw notWritable(directory, error);
  }
}

function notWritable(directory: string, cause: unknown): DataFolderError {
  const found = cause instanceof Error ? cause.message : String(cause);
  return new DataFolderError(directory, `found ${found}, want a folder to write to; choose another`, cause);
}
