import type { Answers, StepRecord } from '@spillway/capacity';
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runArtillery, type ArtilleryEnd } from './artillery-process.ts';
import { readAnswers } from './generator/answers-file.ts';
import { generatorReportSchema } from './generator/generator-report.ts';
import { stepFiles } from './generator/step-files.ts';
import { ArtilleryRunError, StepAbortedError, StepResultsError } from './step-error.ts';

/** A step to take; the fields are those of its record. `baseUrl`: where entries are posted, such as `…/prod`. */
export interface StepRequest extends Pick<
  StepRecord,
  'name' | 'purpose' | 'arrivals' | 'warmUpMs' | 'holdMs' | 'limits' | 'payloadBytes' | 'horizonMs'
> {
  readonly baseUrl: string;
  readonly runId: string;
  readonly resultsDirectory: string;
  readonly signal?: AbortSignal;
}

/** A step as it was taken; `stage` of the record is null until the stage's own metrics are read. */
export interface TakenStep {
  readonly record: StepRecord;
  readonly answers: Answers;
}

const SCENARIOS = fileURLToPath(new URL('../scenarios/', import.meta.url));
/** What a step may take beyond its span and horizon before it counts as hanging: Artillery's start, on a slow day. */
const STARTUP_ALLOWANCE_MS = 60_000;

/**
 * Takes one step: one Artillery run, in a fresh process, whose answers are left in the results directory.
 * @throws ArtilleryRunError when Artillery fails or hangs
 * @throws StepResultsError when it leaves no whole result
 * @throws StepAbortedError when `signal` aborts; carries what was sent until then
 */
export async function runStep(request: StepRequest): Promise<TakenStep> {
  if (request.signal?.aborted) throw new StepAbortedError(request.name, null);
  const files = stepFiles(request.name);
  const directory = path.resolve(request.resultsDirectory);
  await mkdir(directory, { recursive: true });
  // Results of an earlier step of this name must not pass for this one's.
  await Promise.all(Object.values(files).map((file) => rm(path.join(directory, file), { force: true })));

  const args = artilleryArguments(request, directory, path.join(directory, files.artillery));
  const deadlineMs = request.warmUpMs + request.holdMs + request.horizonMs + STARTUP_ALLOWANCE_MS;
  const end = await runArtillery(args, deadlineMs, request.signal ?? new AbortController().signal);
  if (end.stoppedBy === 'caller') {
    throw new StepAbortedError(request.name, await readStep(request, directory).catch(() => null));
  }
  if (end.exitCode !== 0) {
    throw new ArtilleryRunError(request.name, endingOf(end), end.exitCode, end.output, commandLine(args));
  }
  return readStep(request, directory);
}

function artilleryArguments(request: StepRequest, directory: string, reportFile: string): string[] {
  const { name, arrivals, warmUpMs, holdMs, payloadBytes, horizonMs, runId } = request;
  const pace = { name, arrivals, warmUpMs, holdMs, payloadBytes, horizonMs };
  const spillway = { runId, resultsDirectory: directory, pace };
  return [
    ...['run', '--quiet', '--target', request.baseUrl, '--output', reportFile],
    ...['--overrides', JSON.stringify({ config: { engines: { spillway } } })],
    path.join(SCENARIOS, request.purpose === 'burst' ? 'burst.yml' : 'sustained.yml'),
  ];
}

async function readStep(request: StepRequest, directory: string): Promise<TakenStep> {
  const files = stepFiles(request.name);
  const report = await readResult(request.name, path.join(directory, files.generator), (text) =>
    generatorReportSchema.parse(JSON.parse(text)),
  );
  const answers = await readResult(request.name, path.join(directory, files.answers), (text) =>
    readAnswers(text, files.answers, report.sent),
  );
  const { name, purpose, arrivals, warmUpMs, holdMs, limits, payloadBytes, horizonMs } = request;
  const { startedAt, intended, sent, generator, host } = report;
  const asked = { name, purpose, arrivals, warmUpMs, holdMs, limits, payloadBytes, horizonMs };
  const record = {
    ...asked,
    startedAt,
    intended,
    sent,
    generator,
    host,
    stage: null,
    answersFile: files.answers,
  };
  return { record, answers };
}

async function readResult<T>(stepName: string, file: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(file, 'utf8'));
  } catch (cause) {
    throw new StepResultsError(stepName, file, cause);
  }
}

function endingOf({ exitCode, stoppedBy }: ArtilleryEnd): string {
  if (stoppedBy === 'deadline') return 'did not end in time and was killed';
  return exitCode === null ? 'was killed' : `ended with exit code ${exitCode}`;
}

function commandLine(args: readonly string[]): string {
  return ['npx artillery', ...args.map((arg) => (/^[\w./:-]+$/.test(arg) ? arg : `'${arg}'`))].join(' ');
}
