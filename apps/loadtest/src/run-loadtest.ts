import { once } from 'node:events';
import { join, relative } from 'node:path';
import { environment } from './environment.ts';
import { ONE_GENERATOR } from './generators.ts';
import { measureStage } from './measure-stage.ts';
import { preflight } from './preflight.ts';
import { createProgress, type Progress } from './progress.ts';
import { readDeployment } from './read-deployment.ts';
import { reportRun } from './report-run.ts';
import { newRunId, ResultsDirectory } from './results-directory.ts';
import type { RunContext } from './run-context.ts';
import { finishRun } from './run-draft.ts';
import { readSettings } from './settings.ts';
import { estimateLoad } from './runner/load-estimate.ts';
import { openRunner, RunnerNeedsStageError } from './runner/open-runner.ts';
import type { RunnerName } from './runner/remote-runner.ts';
import { confirmLoad } from './stage/confirm-load.ts';
import { openStage } from './stage/open-stage.ts';
import { findStageAccess } from './stage/stage-access.ts';
import { connectStage } from './stage/stage-connection.ts';
import { signerOf } from './stage/stage-signer.ts';
import { sweepsOf, type SweepName } from './sweeps/sweep-names.ts';
import { watchNx } from './watch-nx.ts';

/** The command line of a run; paths are absolute. */
export interface LoadtestOptions {
  readonly workspace: string;
  readonly stage: string;
  readonly profile: 'quick' | 'full';
  readonly slo: string;
  readonly results: string;
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
  readonly keep: boolean;
}

/** Exit code of a run that Ctrl-C ended, as shells count it. */
const INTERRUPTED = 130;

/**
 * One run from preflight to report.
 * @returns exit code: 0 verified and nothing lost · 1 inconclusive, not verified, or a lost write · 130 interrupted
 */
export async function runLoadtest(options: LoadtestOptions): Promise<number> {
  const at = new Date();
  const { runner } = options;
  if (runner !== 'local' && options.stage === 'local') throw new RunnerNeedsStageError(runner);
  const settings = readSettings(options.slo);
  const deployment = await readDeployment(join(options.workspace, 'apps/infra'), options.stage);
  const progress = createProgress(process.stdout, process.stdout.isTTY && !environment.isCi);
  const signal = listenForInterrupt(progress);
  const opened = await progress.during('starting the stage', openStage(options));
  try {
    const stage = await connectStage(opened.address);
    const profile = settings.profiles[options.profile];
    const sweeps = sweepsOf(options.profile, options.sweep);
    if (!opened.isOwn) {
      const sentBy = runner === 'local' ? undefined : { name: runner, count: options.count };
      const estimate = estimateLoad({ profile, settings, sweeps, runner: sentBy });
      await confirmLoad(stage, estimate, options.yes, progress);
    }
    const results = new ResultsDirectory(options.results, newRunId(at, Math.random));
    const access = await findStageAccess({
      ...{ baseUrl: stage.baseUrl, region: stage.region, apiKeyEnv: options.apiKeyEnv },
      ...{ signer: signerOf(stage), variable: environment.variable },
    });
    const prepared: RunContext = {
      runId: results.runId,
      stage,
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
      (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
    );
    const status = stopped === null ? 'complete' : signal.aborted ? 'interrupted' : 'failed';
    const run = finishRun(draft, context, { status, stoppedBy: stopped?.message ?? null, at: new Date() });
    const outcome = reportRun(run, context, deployment, relative(options.workspace, results.path));
    progress.line(`\n${outcome.lines.join('\n')}`);
    if (options.keep && opened.isOwn && !signal.aborted) {
      progress.line(`Kept            ${stage.baseUrl} until Ctrl-C`);
      await once(signal, 'abort');
      return outcome.isGood ? 0 : 1;
    }
    if (status === 'interrupted') return INTERRUPTED;
    return outcome.isGood ? 0 : 1;
  } catch (error) {
    if (signal.aborted) return INTERRUPTED;
    throw error;
  } finally {
    await opened.close();
  }
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
