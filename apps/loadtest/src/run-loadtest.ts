import { once } from 'node:events';
import { relative } from 'node:path';
import { environment } from './environment.ts';
import { ONE_GENERATOR } from './generators.ts';
import { measureStage } from './measure-stage.ts';
import { openRun } from './open-run.ts';
import { preflight } from './preflight.ts';
import { createProgress, type Progress } from './progress.ts';
import { readDeployment } from './read-deployment.ts';
import { reportRun } from './report-run.ts';
import { newRunId, ResultsDirectory } from './results-directory.ts';
import type { RunContext } from './run-context.ts';
import { finishRun } from './run-draft.ts';
import { readSettings } from './settings.ts';
import { openRunner, RunnerNeedsStageError } from './runner/open-runner.ts';
import type { RunnerName } from './runner/remote-runner.ts';
import { findStageAccess } from './stage/stage-access.ts';
import { signerOf } from './stage/stage-signer.ts';
import { sweepsOf, type SweepName } from './sweeps/sweep-names.ts';
import { watchNx } from './watch-nx.ts';
import { OthersSufferError } from './watch/others-error.ts';

/** The command line of a run; paths are absolute. */
export interface LoadtestOptions {
  readonly workspace: string;
  readonly stage: string;
  readonly profile: 'quick' | 'full';
  readonly slo: string;
  readonly results: string;
  /** Folders of stages.json and the throttle files, and of the synthesized templates. */
  readonly configDir: string;
  readonly cdkOut: string;
  readonly engine: 'auto' | 'dynoxide' | 'dynalite';
  readonly dynamodbEndpoint?: string;
  readonly awsProfile?: string;
  readonly apiKeyEnv?: string;
  readonly workers?: number;
  readonly runner: 'local' | RunnerName;
  /** Generators of a remote runner. */
  readonly count: number;
  /** Beside those that the profile has anyway. */
  readonly sweep?: readonly SweepName[];
  /** The local stage counts write units, and enforces what its tables allow. */
  readonly meter: boolean;
  readonly yes: boolean;
  /** How long to wait for late metrics of a deployed stage, s. */
  readonly metricWait: number;
  /** Shortest period in which a deployed stage's metrics can be read, s. */
  readonly metricPeriod?: number;
  /** A local stage stays up until Ctrl-C; in a deployed table the run's entries stay. */
  readonly keep: boolean;
}

/** Exit code of a run that Ctrl-C ended, as shells count it. */
const INTERRUPTED = 130;
/** Exit code of a run that ended because others suffered. */
const OTHERS_SUFFERED = 3;

/**
 * One run from preflight to report.
 * @returns exit code: 0 verified and nothing lost · 1 inconclusive, not verified, or a lost write · 3 ended because others
 * suffered · 130 interrupted
 */
export async function runLoadtest(options: LoadtestOptions): Promise<number> {
  const at = new Date();
  const { runner } = options;
  if (runner !== 'local' && options.stage === 'local') throw new RunnerNeedsStageError(runner);
  const settings = readSettings(options.slo);
  const deployment = await readDeployment(options, options.stage);
  const progress = createProgress(process.stdout, process.stdout.isTTY && !environment.isCi);
  const interruption = listenForInterrupt(progress);
  const profile = settings.profiles[options.profile];
  const sweeps = sweepsOf(options.profile, options.sweep);
  const runId = newRunId(at, Math.random);
  const opened = await openRun(options, { runId, settings, profile, sweeps, progress });
  const { stage, shared } = opened;
  const signal = shared === null ? interruption : AbortSignal.any([interruption, shared.lease.signal]);
  try {
    const results = new ResultsDirectory(options.results, runId);
    const access = await findStageAccess({
      ...{ baseUrl: stage.baseUrl, region: stage.region, apiKeyEnv: options.apiKeyEnv },
      ...{ signer: signerOf(stage), variable: environment.variable },
    });
    const prepared: RunContext = {
      runId: results.runId,
      stage,
      shared,
      access,
      settings,
      profile,
      sweeps,
      workers: options.workers,
      generators: ONE_GENERATOR,
      results,
      progress,
      signal,
      taken: [],
      sent: [],
    };
    const generators =
      runner === 'local' ? ONE_GENERATOR : await openRunner({ ...options, runner }, prepared);
    const context = { ...prepared, generators };
    const draft = await preflight(
      context,
      { stage: options.stage, profile: options.profile, at },
      deployment,
    );
    const stopped = await measureStage(context, draft, deployment).then(
      () => null,
      (error: unknown) => reasonOf(shared?.lease.signal.reason ?? error),
    );
    const status = stopped === null ? 'complete' : interruption.aborted ? 'interrupted' : 'failed';
    const run = finishRun(draft, context, { status, stoppedBy: stopped?.message ?? null, at: new Date() });
    const outcome = reportRun(run, context, deployment, relative(options.workspace, results.path));
    progress.line(`\n${outcome.lines.join('\n')}`);
    if (options.keep && shared === null && !signal.aborted) {
      progress.line(`Kept            ${stage.baseUrl} until Ctrl-C`);
      await once(signal, 'abort');
      return outcome.isGood ? 0 : 1;
    }
    if (status === 'interrupted') return INTERRUPTED;
    if (stopped instanceof OthersSufferError) return OTHERS_SUFFERED;
    return outcome.isGood ? 0 : 1;
  } catch (error) {
    if (interruption.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await opened.close();
  }
}

function reasonOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Ctrl-C stops the load at once; what was lifted is put back before the process ends, however often it is pressed. */
function listenForInterrupt(progress: Progress): AbortSignal {
  const interruption = new AbortController();
  const interrupt = (name: string): void => {
    progress.line(`${name}: stopping, putting limits back and writing what is known`);
    interruption.abort(new Error(name));
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt).on('SIGHUP', interrupt);
  // A terminal that is gone can't be written to; the limits are put back all the same.
  process.stdout.on('error', () => undefined);
  watchNx(() => interrupt('Nx is gone'));
  return interruption.signal;
}
