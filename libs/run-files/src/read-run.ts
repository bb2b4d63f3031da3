import { runRecordSchema, type RunRecord } from '@spillway/capacity';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Issues named in a message; a truncated or foreign file has dozens. */
const ISSUES_NAMED = 3;

/** A run record that can't be used; one line that says found, wanted, next. */
export class RunUnreadableError extends Error {
  readonly code = 'RUN_UNREADABLE';
  readonly file: string;

  constructor(file: string, found: string, cause?: unknown) {
    super(`${file}: ${found}, want the record of a run; run npx nx run loadtest again, or name another run`, {
      cause,
    });
    this.name = 'RunUnreadableError';
    this.file = file;
  }
}

/**
 * Reads `run.json` of a run's folder.
 * @throws RunUnreadableError when it is missing, truncated, or not a run record
 */
export function readRun(directory: string): RunRecord {
  const file = join(directory, 'run.json');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (cause) {
    const why = cause instanceof SyntaxError ? 'not complete JSON' : 'not readable';
    throw new RunUnreadableError(
      file,
      `${why} (${cause instanceof Error ? cause.message : String(cause)})`,
      cause,
    );
  }
  const parsed = runRecordSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const named = parsed.error.issues
    .slice(0, ISSUES_NAMED)
    .map(({ path, message }) => `${path.join('.') || '(file)'}: ${message}`);
  const more = parsed.error.issues.length - named.length;
  throw new RunUnreadableError(
    file,
    `${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}`,
    parsed.error,
  );
}
