import type { RunRecord } from '@spillway/capacity';
import { calibrate, type Calibration } from './calibrate.ts';
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

/** Before any load: what the stage enforces and what its account allows (method, section 0). */
export async function preflight(
  context: RunContext,
  start: RunStart,
  deployment: Deployment,
): Promise<RunDraft> {
  const { stage, settings, progress } = context;
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
  return {
    runId: context.runId,
    stage: start.stage,
    profile: start.profile,
    startedAt: start.at.toISOString(),
    targets: settings.targets,
    quotas,
    fingerprint: deployment.fingerprint,
    deployedLimits,
    calibration: null,
    estimate: null,
    binding: null,
    measurements: null,
    recommendation: null,
    replay: null,
    audit: null,
  };
}

/** A generator that can't hold the rates planned: whatever it measured would be itself. */
export class GeneratorUnfitError extends Error {
  readonly code = 'GENERATOR_UNFIT';

  constructor({ offeredPerSecond, achievedRatio, latenessP99Ms }: Calibration) {
    super(
      `generator: found ${(achievedRatio * 100).toFixed(1)} % of ${offeredPerSecond}/s and ${latenessP99Ms.toFixed(0)} ms ` +
        'late at p99 against a null server, want 99 % and an event loop within 10 ms; free this machine, or lower ' +
        'maxPerSecond in slo.json',
    );
    this.name = 'GeneratorUnfitError';
  }
}

/** Whether the generator can be trusted at twice the top rate planned. @throws GeneratorUnfitError */
export async function calibrateGenerator(context: RunContext): Promise<Calibration> {
  const { settings, profile, progress } = context;
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
      `late by ${calibration.latenessP99Ms.toFixed(1)} ms at p99`,
  );
  if (!calibration.passed) throw new GeneratorUnfitError(calibration);
  return calibration;
}
