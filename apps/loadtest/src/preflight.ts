import type { RunRecord } from '@spillway/capacity';
import { availableParallelism } from 'node:os';
import { calibrate, type Calibration } from './calibrate.ts';
import type { Deployment } from './read-deployment.ts';
import type { Generators } from './generators.ts';
import type { RunContext } from './run-context.ts';
import type { RunDraft } from './run-draft.ts';
import { FirewallError } from './stage/firewall-error.ts';
import { readQuotas } from './stage/read-quotas.ts';
import { describeAccess } from './stage/stage-access.ts';
import { readLimits } from './stage/stage-limits.ts';
import { workerCounts } from './worker-counts.ts';

/** What a run starts from. */
export interface RunStart {
  readonly stage: string;
  readonly profile: RunRecord['profile'];
  readonly at: Date;
}

/**
 * Before any load: what the stage enforces and what its account allows (method, section 0).
 * @throws FirewallError
 */
export async function preflight(
  context: RunContext,
  start: RunStart,
  deployment: Deployment,
): Promise<RunDraft> {
  const { stage, settings, progress } = context;
  const firewall = await stage.gateway.findFirewall();
  if (firewall !== null) throw new FirewallError(stage.stackName, firewall);
  const deployedLimits = await readLimits(stage);
  const quotas = await readQuotas(stage, deployedLimits.reservedConcurrency);
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = deployedLimits;
  progress.line(
    `Stage           ${start.stage}, account ${stage.accountId}, ${stage.region}, ${stage.baseUrl}`,
  );
  const accessed = describeAccess(context.access);
  if (accessed !== null) progress.line(`Access          ${accessed}`);
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
    place: { accountId: stage.accountId, region: stage.region },
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
    usl: null,
    timeline: null,
    sweeps: null,
  };
}

/** A generator that can't hold the rates planned: whatever it measured would be itself. */
export class GeneratorUnfitError extends Error {
  readonly code = 'GENERATOR_UNFIT';

  /** @param isRemote the load comes from a remote runner's generators, one of which was tried here with its share */
  constructor(
    { offeredPerSecond, achievedRatio, latenessP99Ms, workers = 1 }: Calibration,
    isRemote: boolean,
  ) {
    const next = isRemote ? 'pass a larger --count' : 'free this machine, take one with more cores';
    super(
      `generator${workers > 1 ? `, ${workers} workers` : ''}: found ${(achievedRatio * 100).toFixed(1)} % of ${offeredPerSecond}/s and ${latenessP99Ms.toFixed(0)} ms ` +
        `late at p99 against a null server, want 99 % and an event loop within 10 ms; ${next}, or lower maxPerSecond ` +
        'in slo.json',
    );
    this.name = 'GeneratorUnfitError';
  }
}

/** Generators that hold twice the top rate planned, and the proof of it. */
export interface CalibratedGenerators {
  readonly generators: Generators;
  readonly calibration: Calibration;
}

/**
 * Whether the generator can be trusted at twice the top rate planned; where one on its own can't, more are tried, as
 * far as this machine has cores to spare. Of a remote runner's generators one is tried here, with its share: those
 * on AWS are judged by their own lateness, step by step.
 * @throws GeneratorUnfitError
 */
export async function calibrateGenerators(
  context: RunContext,
  cores = availableParallelism(),
  calibrateWith = calibrate,
): Promise<CalibratedGenerators> {
  const { progress, profile, settings } = context;
  const { remote, count: remoteCount } = context.generators;
  const share = remote === undefined ? 1 : remoteCount;
  const counts = workerCounts(remote === undefined ? context.workers : 1, cores);
  for (;;) {
    const generators = { count: counts.shift() ?? 1 };
    const calibrating = calibrateWith({
      ratePerSecond: (2 * profile.maxPerSecond) / share,
      runId: context.runId,
      resultsDirectory: context.results.path,
      payloadBytes: settings.payloadBytes,
      horizonMs: settings.horizonMs,
      access: context.access,
      generators,
      signal: context.signal,
    });
    const calibration = await progress.during('calibrating the generator against a null server', calibrating);
    progress.line(describeCalibration(calibration));
    if (calibration.passed) return { generators: remote ? context.generators : generators, calibration };
    if (counts[0] === undefined) throw new GeneratorUnfitError(calibration, remote !== undefined);
    progress.line(
      `                too little; this machine has ${cores} cores, so ${counts[0]} workers are tried`,
    );
  }
}

function describeCalibration({
  achievedRatio,
  offeredPerSecond,
  latenessP99Ms,
  workers = 1,
}: Calibration): string {
  return (
    `Generator       ${workers > 1 ? `${workers} workers, ` : ''}${(achievedRatio * 100).toFixed(1)} % of ` +
    `${offeredPerSecond}/s, late by ${latenessP99Ms.toFixed(1)} ms at p99`
  );
}
