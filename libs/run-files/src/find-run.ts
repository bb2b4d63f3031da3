import type { RunRecord } from '@spillway/capacity';
import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { readRun, RunUnreadableError } from './read-run.ts';

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

/**
 * The run that is named, or the newest complete one of a stage.
 * @param named id of a run, its folder, or its `run.json`
 * @throws RunNotFoundError, RunUnreadableError
 */
export function findRun(place: RunPlace, stage: string, named?: string): RunRecord {
  return named === undefined ? newestRun(place, stage) : namedRun(place, named);
}

function namedRun(place: RunPlace, named: string): RunRecord {
  const path = resolve(place.root, named);
  const places = [join(place.results, named), basename(path) === 'run.json' ? dirname(path) : path];
  const found = places.find((directory) => existsSync(join(directory, 'run.json')));
  if (found === undefined) throw new RunNotFoundError(`no run ${named}; ${listing(place)}`);
  return readRun(found);
}

function newestRun(place: RunPlace, stage: string): RunRecord {
  const candidates = allRuns(place).flatMap(({ run }) => (typeof run === 'string' ? [] : [run]));
  const newest = candidates.find((run) => run.stage === stage && run.status === 'complete');
  if (newest !== undefined) return newest;
  throw new RunNotFoundError(
    `no complete run of stage ${stage}; ${listing(place)}; run npx nx run loadtest --stage=${stage}`,
  );
}

interface FoundRun {
  readonly id: string;
  readonly run: RunRecord | 'not readable' | 'no run.json';
}

/** All runs, newest first, those that can't be read last. */
function allRuns({ results }: RunPlace): FoundRun[] {
  if (!existsSync(results)) return [];
  return readdirSync(results, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ id: name, run: readable(join(results, name)) }))
    .sort((a, b) => finishedMs(b) - finishedMs(a));
}

function readable(directory: string): FoundRun['run'] {
  if (!existsSync(join(directory, 'run.json'))) return 'no run.json';
  try {
    return readRun(directory);
  } catch (error) {
    if (error instanceof RunUnreadableError) return 'not readable';
    throw error;
  }
}

function finishedMs({ run }: FoundRun): number {
  return typeof run === 'string' ? 0 : Date.parse(run.finishedAt);
}

function listing(place: RunPlace): string {
  const folder = relative(place.root, place.results) || place.results;
  const runs = allRuns(place);
  if (runs.length === 0) return `${folder} has no runs`;
  const named = runs
    .slice(0, RUNS_NAMED)
    .map(({ id, run }) => `${id} (${typeof run === 'string' ? run : `${run.stage}, ${run.status}`})`);
  const more = runs.length - named.length;
  return `${folder} has ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
