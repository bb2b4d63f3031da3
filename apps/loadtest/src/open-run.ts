import { claimStage } from './claim-stage.ts';
import { environment } from './environment.ts';
import { findDeployed } from './find-deployed.ts';
import type { Progress } from './progress.ts';
import type { LoadtestOptions } from './run-loadtest.ts';
import { estimateLoad } from './runner/load-estimate.ts';
import type { Profile, Settings } from './settings.ts';
import type { SharedStage } from './shared-stage.ts';
import { confirmLoad } from './stage/confirm-load.ts';
import { openOwnStage } from './stage/open-stage.ts';
import type { StageConnection } from './stage/stage-connection.ts';
import { readStagePlace, refuseUnlessAllowed } from './stage/stage-place.ts';
import type { SweepName } from './sweeps/sweep-names.ts';

/** The stage of a run, and how to leave it. */
export interface OpenRun {
  readonly stage: StageConnection;
  /** Null where the stage is the run's own. */
  readonly shared: SharedStage | null;
  close(): Promise<void>;
}

/** What is asked of the stage. */
export interface RunDemands {
  readonly runId: string;
  readonly settings: Settings;
  readonly profile: Profile;
  readonly sweeps: readonly SweepName[];
  readonly progress: Progress;
}

/** Starts a local stage, or claims a deployed one for the time of the run. */
export async function openRun(options: LoadtestOptions, demands: RunDemands): Promise<OpenRun> {
  const { progress } = demands;
  if (options.stage === 'local') {
    const own = await progress.during('starting the stage', openOwnStage(options));
    return { ...own, shared: null };
  }
  const { variable } = environment;
  refuseUnlessAllowed(readStagePlace(options.configDir, options.stage, variable));
  const found = await progress.during('finding the stage', findDeployed({ ...options, variable }));
  const { runId, settings } = demands;
  const claimed = await claimStage(found, {
    ...{ runId, progress, targets: settings.targets, keepsEntries: options.keep },
    metricWaitMs: options.metricWait * 1000,
    agree: () => confirmLoad(found, estimateOf(options, demands), options.yes, progress),
  });
  return { ...claimed, close: () => claimed.shared.lease.release() };
}

function estimateOf({ runner, count, keep }: LoadtestOptions, { profile, settings, sweeps }: RunDemands) {
  const sentBy = runner === 'local' ? undefined : { name: runner, count };
  return estimateLoad({ profile, settings, sweeps, runner: sentBy, isCleaned: !keep });
}
