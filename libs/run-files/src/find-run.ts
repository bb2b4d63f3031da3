import type { RunRecord } from '@spillway/capacity';
import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { listRuns } from './list-runs.ts';
import { readRun } from './read-run.ts';

/** Runs named in a message, newest first. */
const RUNS_NAMED = 8;

/** No run to take limits from; the message lists what there is. */
export class RunNotFoundError extends Error {
  readonly code = 'RUN_NOT_FOUND';

  constructor(message: string) {
    super(message);
    this.name = 'RunNotFoundError';
  }
}

/** Where runs are looked for; `root` is what relative paths count from. */
export interface RunPlace {
  readonly root: string;
  readonly results: string;
}

/** A run and the folder it lies in, which need not have its id for a name. */
export interface FoundRun {
  readonly run: RunRecord;
  readonly directory: string;
}

/**
 * The run that is named, or the newest complete one of a stage.
 * @param named id of a run, its folder, or its `run.json`
 * @throws RunNotFoundError, RunUnreadableError
 */
export function findRun(place: RunPlace, stage: string, named?: string): FoundRun {
  if (named === undefined) return newestRun(place, stage);
  const directory = findRunDirectory(place, named);
  return { run: readRun(directory), directory };
}

/**
 * Folder of the run that is named.
 * @throws RunNotFoundError
 */
export function findRunDirectory(place: RunPlace, named: string): string {
  const path = resolve(place.root, named);
  const places = [join(place.results, named), basename(path) === 'run.json' ? dirname(path) : path];
  const found = places.find((directory) => existsSync(join(directory, 'run.json')));
  if (found === undefined) throw new RunNotFoundError(`no run ${named}; ${listing(place)}`);
  return found;
}

function newestRun(place: RunPlace, stage: string): FoundRun {
  const candidates = listRuns(place.results).flatMap(({ run, directory }) =>
    typeof run === 'string' ? [] : [{ run, directory }],
  );
  const newest = candidates.find(({ run }) => run.stage === stage && run.status === 'complete');
  if (newest !== undefined) return newest;
  throw new RunNotFoundError(
    `no complete run of stage ${stage}; ${listing(place)}; run npx nx run loadtest --stage=${stage}`,
  );
}

function listing(place: RunPlace): string {
  const folder = relative(place.root, place.results) || place.results;
  const runs = listRuns(place.results);
  if (runs.length === 0) return `${folder} has no runs`;
  const named = runs
    .slice(0, RUNS_NAMED)
    .map(({ id, run }) => `${id} (${typeof run === 'string' ? run : `${run.stage}, ${run.status}`})`);
  const more = runs.length - named.length;
  return `${folder} has ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
