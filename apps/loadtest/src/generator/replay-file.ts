import { parse } from 'csv-parse/sync';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ReplayArrivals } from './pace-arrivals.ts';

/** A recorded arrival list that can't be replayed; the message says found, wanted, next. */
export class ReplayFileError extends Error {
  readonly code = 'REPLAY_FILE_INVALID';
  readonly file: string;

  constructor(file: string, problem: string, options?: ErrorOptions) {
    super(`${file}: ${problem}`, options);
    this.name = 'ReplayFileError';
    this.file = file;
  }
}

/** A list as it is replayed: ms from its first instant, ascending. */
export interface Recording {
  readonly file: string;
  readonly instantsMs: Float64Array;
  /** Rows that came before an earlier one, and were sorted in: access logs are in order of answers, not arrivals. */
  readonly outOfOrder: number;
}

/** Both bound memory and the time before the first request: a million rows take about 2 s to read. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
const MAX_INSTANTS = 1_000_000;
/** The column of Spillway's own answers files. */
const OWN_COLUMN = 'intendedMs';

/**
 * Reads a recorded arrival list: CSV or plain text with an instant in ms on each line, from whatever epoch.
 * @param directory what a relative path is relative to: the scenario's own, as for Artillery's `payload.path`
 * @throws ReplayFileError when it is not there, too large, or holds anything but instants
 */
export async function readRecording(replay: ReplayArrivals, directory: string): Promise<Recording> {
  const file = path.resolve(directory, replay.file);
  return parseRecording(await readBounded(file), file, replay);
}

/** Text of a list → its instants, `speed` times as fast. @throws ReplayFileError */
export function parseRecording(
  text: string,
  file: string,
  { speed, column }: Pick<ReplayArrivals, 'speed' | 'column'>,
): Recording {
  const instantsMs = Float64Array.from(readColumn(text, file, column));
  if (instantsMs.length === 0) throw new ReplayFileError(file, 'no instants, want one in ms on each line');
  const outOfOrder = instantsMs.reduce((count, ms, i) => count + (ms < (instantsMs[i - 1] ?? ms) ? 1 : 0), 0);
  instantsMs.sort();
  const firstMs = instantsMs[0] ?? 0;
  return { file, outOfOrder, instantsMs: instantsMs.map((ms) => (ms - firstMs) / speed) };
}

async function readBounded(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_FILE_BYTES) throw new ReplayFileError(file, `${size} bytes, want ≤ ${MAX_FILE_BYTES}`);
    return await readFile(file, 'utf8');
  } catch (cause) {
    if (cause instanceof ReplayFileError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code ?? String(cause);
    const next = "want a recorded arrival list; a relative path starts at the scenario's directory";
    throw new ReplayFileError(file, `can't be read (${code}), ${next}`, { cause });
  }
}

function readColumn(text: string, file: string, column: string | undefined): number[] {
  const instants: number[] = [];
  let index = -1;
  const onRecord = (cells: string[], { lines }: { lines: number }): null => {
    if (index < 0) {
      index = columnIndex(cells, file, column);
      if (cells.every((cell) => Number.isNaN(numberOf(cell)))) return null;
    }
    if (instants.length >= MAX_INSTANTS)
      throw new ReplayFileError(file, `more than ${MAX_INSTANTS} instants`);
    const instantMs = numberOf(cells[index]);
    if (Number.isNaN(instantMs)) {
      const found = JSON.stringify(cells[index]?.slice(0, 40));
      throw new ReplayFileError(
        file,
        `line ${lines}: found ${found}, want an instant in ms, such as 1500.25`,
      );
    }
    instants.push(instantMs);
    return null;
  };
  try {
    parse(text, {
      bom: true,
      trim: true,
      skip_empty_lines: true,
      comment: '#',
      comment_no_infix: true,
      on_record: onRecord,
    });
  } catch (cause) {
    if (cause instanceof ReplayFileError) throw cause;
    throw new ReplayFileError(file, `no CSV: ${(cause as Error).message}`, { cause });
  }
  return instants;
}

/** Place of the instants in the first record, which is a header unless there are numbers in it. */
function columnIndex(first: readonly string[], file: string, column: string | undefined): number {
  if (column === undefined && first.length === 1) return 0;
  const index = first.indexOf(column ?? OWN_COLUMN);
  if (index >= 0) return index;
  throw new ReplayFileError(
    file,
    `the first line is ${JSON.stringify(first.join(',').slice(0, 120))}, want a header with ${column ?? OWN_COLUMN}; ` +
      'name the column of the instants as arrivals.column, or leave no other in the file',
  );
}

function numberOf(cell: string | undefined): number {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell ?? '') ? Number(cell) : Number.NaN;
  return Number.isFinite(value) ? value : Number.NaN;
}
