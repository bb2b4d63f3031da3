import type { Answers, StepRecord } from '@spillway/capacity';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ArtilleryEnd, ProcessTerms } from './artillery-process.ts';
import { openPlace } from './generator/shards/result-place.ts';
import { shardFolder } from './generator/shards/shard-files.ts';
import { askToStop } from './generator/shards/stop-watch.ts';
import { stepFiles } from './generator/step-files.ts';
import { ONE_GENERATOR, runTogether, type Generators } from './generators.ts';
import { mergeStep, readStep } from './read-step.ts';
import {
  REMOTE_STARTUP_MS,
  REMOTE_STOP_GRACE_MS,
  remoteArguments,
  type RemoteRunner,
} from './runner/remote-runner.ts';
import type { StageAccess } from './stage/stage-access.ts';
import { artilleryArguments, commandLine } from './step-command.ts';
import { ArtilleryRunError, StepAbortedError } from './step-error.ts';

/** A step to take; the fields are those of its record. `baseUrl`: where entries are posted, such as `…/prod`. */
export interface StepRequest extends Pick<
  StepRecord,
  'name' | 'purpose' | 'arrivals' | 'warmUpMs' | 'holdMs' | 'limits' | 'payloadBytes' | 'horizonMs'
> {
  readonly baseUrl: string;
  readonly runId: string;
  readonly resultsDirectory: string;
  /** How the target lets requests in; by default it is open. */
  readonly access?: StageAccess;
  /** Who sends it; by default one generator on this machine. */
  readonly generators?: Generators;
  readonly signal?: AbortSignal;
}

/** A step as it was taken; `stage` of the record is null until the stage's own metrics are read. */
export interface TakenStep {
  readonly record: StepRecord;
  readonly answers: Answers;
}

/** What a step may take beyond its span and horizon before it counts as hanging: Artillery's start, on a slow day. */
const STARTUP_ALLOWANCE_MS = 60_000;
const STOP_GRACE_MS = 5000;

/**
 * Takes one step: an Artillery run in a fresh process, or in several that share it, whose answers are left in the
 * results directory.
 * @throws ArtilleryRunError when Artillery fails or hangs
 * @throws StepResultsError, ShardError when it leaves no whole result
 * @throws StepAbortedError when `signal` aborts; carries what was sent until then
 */
export async function runStep(request: StepRequest): Promise<TakenStep> {
  if (request.signal?.aborted) throw new StepAbortedError(request.name, null);
  const directory = path.resolve(request.resultsDirectory);
  const { count, remote } = request.generators ?? ONE_GENERATOR;
  await clear(directory, request.name);
  if (count > 1) await mkdir(path.join(directory, shardFolder(request.name)));
  const signal = request.signal ?? new AbortController().signal;
  const commands = remote
    ? [remoteArguments(request, count, remote, reportFile(directory, request.name))]
    : localCommands(request, count, directory);
  const results = await openPlace(remote?.results ?? directory, remote && accessOf(remote));
  // Signals reach the processes of this machine; everybody else looks into the place.
  const stop = () => void askToStop(results.within(shardFolder(request.name))).catch(() => undefined);
  if (remote) signal.addEventListener('abort', stop, { once: true });
  const ends = await runTogether(commands, termsOf(request, remote), signal).finally(() =>
    signal.removeEventListener('abort', stop),
  );
  const isShared = count > 1 || remote !== undefined;
  const read = () => (isShared ? mergeStep(request, directory, results) : readStep(request, directory));
  if (signal.aborted && ends.some(({ stoppedBy }) => stoppedBy === 'caller')) {
    throw new StepAbortedError(request.name, await read().catch(() => null));
  }
  // Those that were stopped because another one failed have nothing to say.
  const failed = ends.findIndex(({ exitCode, stoppedBy }) => exitCode !== 0 && stoppedBy !== 'caller');
  if (failed >= 0) throw failureOf(request.name, ends[failed] as ArtilleryEnd, commands[failed] ?? []);
  return read();
}

function localCommands(request: StepRequest, count: number, directory: string): string[][] {
  return Array.from({ length: count }, (_, generator) => {
    const report = reportFile(directory, request.name, count > 1 ? generator : undefined);
    return artilleryArguments(request, count, directory, report);
  });
}

function termsOf(request: StepRequest, remote: RemoteRunner | undefined): ProcessTerms {
  const sendingMs = request.warmUpMs + request.holdMs + request.horizonMs;
  if (remote === undefined) {
    const variables = request.access?.variables;
    return { deadlineMs: sendingMs + STARTUP_ALLOWANCE_MS, stopGraceMs: STOP_GRACE_MS, variables };
  }
  const { credentialsProfile } = remote;
  // Artillery acts under it on AWS; without one the standard credential chain decides.
  const variables = credentialsProfile === undefined ? {} : { AWS_PROFILE: credentialsProfile };
  return { deadlineMs: sendingMs + REMOTE_STARTUP_MS, stopGraceMs: REMOTE_STOP_GRACE_MS, variables };
}

function accessOf({ region, credentialsProfile }: RemoteRunner): { region: string; profile?: string } {
  return { region, ...(credentialsProfile === undefined ? {} : { profile: credentialsProfile }) };
}

/** Results of an earlier step of this name must not pass for this one's. */
async function clear(directory: string, stepName: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const left = [...Object.values(stepFiles(stepName)), shardFolder(stepName)];
  await Promise.all(left.map((name) => rm(path.join(directory, name), { recursive: true, force: true })));
}

/** Artillery's own report; each of several processes leaves its own, beside its share. */
function reportFile(directory: string, stepName: string, generator?: number): string {
  if (generator === undefined) return path.join(directory, stepFiles(stepName).artillery);
  return path.join(directory, shardFolder(stepName), `artillery-${generator}.json`);
}

function failureOf(stepName: string, end: ArtilleryEnd, args: readonly string[]): ArtilleryRunError {
  return new ArtilleryRunError(stepName, endingOf(end), end.exitCode, end.output, commandLine(args));
}

function endingOf({ exitCode, stoppedBy }: ArtilleryEnd): string {
  if (stoppedBy === 'deadline') return 'did not end in time and was killed';
  return exitCode === null ? 'was killed' : `ended with exit code ${exitCode}`;
}
