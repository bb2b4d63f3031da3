import type { RunRecord } from '@spillway/capacity';
import { calibrate } from './calibrate.ts';
import type { Deployment } from './read-deployment.ts';
import type { RunContext } from './run-context.ts';
import type { RunDraft } from './run-draft.ts';
import { readQuotas } from './stage/read-quotas.ts';
import { readLimits } from './stage/stage-limits.ts';

/** What a run starts from. */
export interface RunStart {
  readonly stage: string;
  readonly profile: RunRecord['profile'];
  readonly at: Date;
}

/**
 * Before any load: what the stage enforces, what its account allows, and whether the generator can be trusted at
 * twice the top rate planned (method, section 0).
 */
export async function preflight(
  context: RunContext,
  start: RunStart,
  deployment: Deployment,
): Promise<RunDraft> {
  const { stage, settings, profile, progress } = context;
  const deployedLimits = await readLimits(stage);
  const quotas = await readQuotas(stage, deployedLimits.reservedConcurrency);
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = deployedLimits;
  progress.line(
    `Stage           ${start.stage}, account ${stage.accountId}, ${stage.region}, ${stage.baseUrl}`,
  );
  progress.line(
    `Deployed        ${rateLimit}/s, burst ${burstLimit}, concurrency ${reservedConcurrency}, ` +
      `${memorySize} MB, ${timeoutSeconds} s (${deployment.throttle.evidence.kind})`,
  );
  progress.line(
    `Quotas          ${quotas.accountRatePerSecond}/s, burst ${quotas.accountBurst}, ` +
      `concurrency ${quotas.accountConcurrency} (${quotas.otherReservedConcurrency} reserved by others)`,
  );
  const calibrating = calibrate({
    ratePerSecond: 2 * profile.maxPerSecond,
    runId: context.runId,
    resultsDirectory: context.results.path,
    payloadBytes: settings.payloadBytes,
    horizonMs: settings.horizonMs,
    signal: context.signal,
  });
  const calibration = await progress.during('calibrating the generator against a null server', calibrating);
  progress.line(
    `Generator       ${(calibration.achievedRatio * 100).toFixed(1)} % of ${calibration.offeredPerSecond}/s, ` +
      `late by ${calibration.latenessP99Ms.toFixed(1)} ms at p99${calibration.passed ? '' : ': NOT fit for this test'}`,
  );
  return {
    runId: context.runId,
    stage: start.stage,
    profile: start.profile,
    startedAt: start.at.toISOString(),
    targets: settings.targets,
    quotas,
    fingerprint: deployment.fingerprint,
    deployedLimits,
    calibration,
    estimate: null,
    binding: null,
    measurements: null,
    recommendation: null,
    replay: null,
    audit: null,
  };
}
