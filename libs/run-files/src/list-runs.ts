import type { RunRecord } from '@spillway/capacity';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readRun, RunUnreadableError } from './read-run.ts';

/** A folder of runs holds a run, or something that can't be read as one. */
export interface ListedRun {
  readonly id: string;
  readonly directory: string;
  readonly run: RunRecord | 'not readable' | 'no run.json';
  /** Where it is not readable: found, wanted, next. */
  readonly reason: string | null;
}

/** All runs of a folder, newest first, those that can't be read last; a folder that is not there has none. */
export function listRuns(results: string): readonly ListedRun[] {
  if (!existsSync(results)) return [];
  return readdirSync(results, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => listed(name, join(results, name)))
    .sort((a, b) => finishedMs(b) - finishedMs(a));
}

function listed(id: string, directory: string): ListedRun {
  if (!existsSync(join(directory, 'run.json'))) return { id, directory, run: 'no run.json', reason: null };
  try {
    return { id, directory, run: readRun(directory), reason: null };
  } catch (error) {
    if (error instanceof RunUnreadableError) {
      return { id, directory, run: 'not readable', reason: error.message };
    }
    throw error;
  }
}

function finishedMs({ run }: ListedRun): number {
  return typeof run === 'string' ? 0 : Date.parse(run.finishedAt);
}
