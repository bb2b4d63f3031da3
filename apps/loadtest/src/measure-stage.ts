import { diagnoseBinding, recommend, uslOf } from '@spillway/capacity';
import { settleMetrics } from './collect/settle-metrics.ts';
import { discoverBurst, discoverSustainedRate, stepsOf } from './discover.ts';
import { gatherMeasurements } from './measurements.ts';
import { describeEstimate, describeRecommendation, describeReplay } from './describe-run.ts';
import { leaveStage } from './leave-stage.ts';
import type { Deployment } from './read-deployment.ts';
import { limitsToReplay } from './limits-to-replay.ts';
import { calibrateGenerators } from './preflight.ts';
import { replayLimits } from './replay-limits.ts';
import type { RunContext } from './run-context.ts';
import type { RunDraft } from './run-draft.ts';
import { liftLimits, restoreLimits } from './stage/stage-limits.ts';
import { sweepStage } from './sweeps/sweep-stage.ts';
import { checkOthers } from './watch/check-others.ts';

/**
 * Discovers what the stage sustains, proposes limits, replays limits against it, varies what was asked for and audits
 * the table. Fills the draft as it goes, so that an interrupted run keeps what it found. The limits and the memory
 * found on the stage are put back however this ends.
 */
export async function measureStage(
  uncalibrated: RunContext,
  draft: RunDraft,
  deployment: Deployment,
): Promise<void> {
  const { progress, stage, shared } = uncalibrated;
  const { generators, calibration } = await calibrateGenerators(uncalibrated);
  const context = { ...uncalibrated, generators };
  draft.calibration = calibration;
  await shared?.lease.record({ limits: draft.deployedLimits, version: stage.ingestFunction.version });
  try {
    const { accountRatePerSecond, accountBurst } = draft.quotas;
    await liftLimits(stage, { rateLimit: accountRatePerSecond, burstLimit: accountBurst });
    progress.line('\nDiscovery, stage throttle and reserved concurrency lifted');
    await discover(context, draft);
    for (const { of, limits } of limitsToReplay(draft, deployment.throttle)) {
      progress.line(`\nReplay against the ${of} limits`);
      draft.replay = await replayLimits(context, of, limits);
      progress.line(describeReplay(draft.replay));
      if (draft.replay.verified) break;
    }
    await sweepStage(context, draft);
  } finally {
    await leaveStage(context, draft);
  }
}

async function discover(context: RunContext, draft: RunDraft): Promise<void> {
  const { progress } = context;
  draft.estimate = await discoverSustainedRate(context);
  const burst = await discoverBurst(context);
  // Nobody is served with lifted limits while nothing is sent.
  const settled = await settleMetrics(context, () => restoreLimits(context.stage, draft.deployedLimits));
  await checkOthers(context);
  const discovery = stepsOf(context, 'discovery');
  draft.binding = diagnoseBinding(discovery, {
    limits: draft.deployedLimits,
    quotas: draft.quotas,
    targets: draft.targets,
    hasApiKey: context.access.options.apiKey !== undefined,
  });
  progress.line(`\n${describeEstimate(draft.estimate, draft.binding)}\n`);
  draft.usl = uslOf(context.taken, draft.estimate, draft.targets);
  if (!settled.isComplete) {
    progress.line('Limits          none proposed: how long invocations take is not known well enough');
    return;
  }
  draft.measurements = gatherMeasurements(context, {
    estimate: draft.estimate,
    burst,
    memorySize: draft.deployedLimits.memorySize,
    quotas: draft.quotas,
  });
  if (draft.measurements === null) return;
  draft.recommendation = recommend(draft.measurements);
  progress.line(`\n${describeRecommendation(draft.recommendation)}`);
}
