import { ANSWERS_HEADER, type RunRecord, type StepRecord } from '@spillway/capacity';
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** Written at a time; a file may have more rows than memory holds. */
const ROWS_AT_A_TIME = 10_000;

/** The row of a sequence without its line end; asked for once each, in order. */
export type RowOf = (sequence: number) => string;

/** Leaves the answers of a step in a run's folder: a header and as many rows as it sent. For tests only. @returns the file */
export function writeAnswers(directory: string, { answersFile, sent }: StepRecord, rowOf: RowOf): string {
  const file = join(directory, answersFile);
  const handle = openSync(file, 'w');
  try {
    writeSync(handle, `${ANSWERS_HEADER}\n`);
    for (let from = 0; from < sent; from += ROWS_AT_A_TIME) {
      let rows = '';
      for (let i = from; i < Math.min(sent, from + ROWS_AT_A_TIME); i += 1) rows += `${rowOf(i)}\n`;
      writeSync(handle, rows);
    }
  } finally {
    closeSync(handle);
  }
  return file;
}

/**
 * Leaves a run in a folder as the load test does: `run.json`, and of each step its answers. For tests only.
 * @param rowsOf rows of a step; a step without is left without a file
 */
export function writeRun(
  directory: string,
  run: RunRecord,
  rowsOf: (record: StepRecord) => RowOf | null,
): void {
  mkdirSync(directory, { recursive: true });
  for (const { record } of run.steps) {
    const rowOf = rowsOf(record);
    if (rowOf !== null) writeAnswers(directory, record, rowOf);
  }
  writeFileSync(join(directory, 'run.json'), JSON.stringify(run));
}
