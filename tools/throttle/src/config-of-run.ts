import { recommend, type RunRecord } from '@spillway/capacity';
import type { Limits, ThrottleConfig } from '@spillway/throttle';

/** What a run that nothing refuses comes to. */
export type Proposal =
  | {
      readonly kind: 'write';
      readonly config: ThrottleConfig;
      readonly reasons: Readonly<Record<keyof Limits, string>>;
    }
  /** The limits in the file are the ones the run verified. */
  | { readonly kind: 'keep'; readonly because: string }
  | { readonly kind: 'refuse'; readonly reasons: readonly string[] };

/**
 * Run → throttle file. The limits are computed again from the run's measurements: what is written is what `check`
 * will find. Ask `refuseRun` first.
 * @param current what the throttle file holds now
 */
export function proposeConfig(run: RunRecord, current: ThrottleConfig): Proposal {
  const { measurements, recommendation, replay, binding, calibration, audit } = run;
  if (!measurements || !recommendation || !replay || !binding || !calibration || !audit) {
    return refuse(`run ${run.runId} lacks measurements, a recommendation, a replay or an audit`);
  }
  if (replay.of === 'deployed') {
    return sameLimits(replay.limits, current.limits)
      ? { kind: 'keep', because: `run ${run.runId} verified the limits that it holds` }
      : refuse(
          `run ${run.runId} verified what was deployed then (${limitsText(replay.limits)}), and the file has changed since (${limitsText(current.limits)}); run the load test again`,
        );
  }
  const computed = recommend(measurements);
  if (!sameLimits(computed.limits, recommendation.limits)) {
    return refuse(
      `run ${run.runId} proposes ${limitsText(recommendation.limits)}, but its measurements give ${limitsText(computed.limits)}`,
    );
  }
  if (!sameLimits(computed.limits, replay.limits)) {
    return refuse(
      `run ${run.runId} proposes ${limitsText(computed.limits)}, but it replayed ${limitsText(replay.limits)}`,
    );
  }
  const { acknowledged, stored, lost, unknown } = audit;
  return {
    kind: 'write',
    reasons: computed.reasons,
    config: {
      stage: run.stage,
      limits: computed.limits,
      evidence: {
        kind: 'measured',
        runId: run.runId,
        stage: run.stage,
        measuredAt: run.finishedAt,
        bound: { by: binding.by, because: binding.because },
        measurements,
        generator: { achievedRatio: calibration.achievedRatio, latenessP99Ms: calibration.latenessP99Ms },
        audit: { acknowledged, stored, lost, unknown },
        fingerprint: run.fingerprint,
      },
    },
  };
}

/** Whether two sets of limits are the same, field by field. */
export function sameLimits(a: Limits, b: Limits): boolean {
  return limitsText(a) === limitsText(b);
}

/** Limits on one line, for a message. */
export function limitsText(limits: Limits): string {
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = limits;
  return `${rateLimit}/s, burst ${burstLimit}, concurrency ${reservedConcurrency}, ${memorySize} MB, ${timeoutSeconds} s`;
}

function refuse(reason: string): Proposal {
  return { kind: 'refuse', reasons: [reason] };
}
