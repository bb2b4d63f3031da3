import {
  analyzeReport,
  analyzeRun,
  type Refusal,
  type ReportAnalysis,
  type RunRecord,
  type Slo,
} from '@spillway/capacity';
import { findRunDirectory, readRun, RunNotFoundError, type RunPlace } from '@spillway/run-files';
import { basename, join, relative, resolve } from 'node:path';
import { statSync } from 'node:fs';
import { WorkspaceFileError } from '../workspace-files.ts';
import { checkAnswers, type CheckedStep } from './check-answers.ts';
import { readForeignFile } from './read-foreign-file.ts';
import { readSlo } from './read-slo.ts';

/** A run of Spillway's own: its sentence, and whether its answers still say what `run.json` does. */
export interface RunAnalysis extends Pick<RunRecord, 'runId' | 'stage' | 'profile' | 'status'> {
  readonly kind: 'run';
  readonly sentence: string;
  readonly answers: number;
  readonly steps: readonly CheckedStep[];
  readonly matches: boolean;
}

/** What was found; `file` counts from the workspace. */
export type Analysis = { readonly file: string } & (RunAnalysis | ReportAnalysis | Refusal);

/** A run is judged by its own SLO: another one would change nothing. */
export class IdleSloError extends Error {
  readonly code = 'IDLE_SLO';

  constructor(option: string, runId: string) {
    super(`found ${option} with run ${runId}, want it with a report only: a run is judged by its own SLO`);
    this.name = 'IdleSloError';
  }
}

/**
 * Says what follows from a run, or from a file that Spillway did not write.
 * @param named a run's id, folder or `run.json`, or any other file
 * @param given what a report is judged by; a run has its own SLO
 * @throws RunNotFoundError, RunUnreadableError, WorkspaceFileError, IdleSloError
 */
export function analyze(place: RunPlace, named: string, given: Partial<Slo>): Analysis {
  const path = resolve(place.root, named);
  if (!isFile(path) || basename(path) === 'run.json') return ourRun(place, named, given);
  const file = nameOf(place, path);
  const slo = readSlo(place.root, given);
  let text: string | Refusal;
  try {
    text = readForeignFile(path);
  } catch (cause) {
    throw new WorkspaceFileError(path, 'name a file that can be read', cause);
  }
  return { file, ...(typeof text === 'string' ? analyzeReport(text, slo) : text) };
}

function ourRun(place: RunPlace, named: string, given: Partial<Slo>): Analysis {
  const directory = runDirectory(place, named);
  const run = readRun(directory);
  if (given.latencyMs !== undefined) throw new IdleSloError('--latency-ms', run.runId);
  if (given.errorRatio !== undefined) throw new IdleSloError('--error-ratio', run.runId);
  const steps = checkAnswers(directory, run);
  return {
    file: nameOf(place, join(directory, 'run.json')),
    kind: 'run',
    runId: run.runId,
    stage: run.stage,
    profile: run.profile,
    status: run.status,
    sentence: analyzeRun(run),
    answers: run.steps.reduce((sum, { record }) => sum + record.sent, 0),
    steps,
    matches: steps.every(({ differences }) => differences.length === 0),
  };
}

function runDirectory(place: RunPlace, named: string): string {
  try {
    return findRunDirectory(place, named);
  } catch (error) {
    if (!(error instanceof RunNotFoundError)) throw error;
    throw new RunNotFoundError(`no file ${named}, and ${error.message}`);
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** A path as messages show it: from the workspace, or whole where it lies elsewhere. */
function nameOf({ root }: RunPlace, path: string): string {
  const fromRoot = relative(root, path);
  return fromRoot.startsWith('..') ? path : fromRoot;
}
