import { diagnoseBinding, recommend } from '@spillway/capacity';
import type { Limits } from '@spillway/throttle';
import { auditEntries, readStoredIds } from './audit.ts';
import { discoverBurst, discoverSustainedRate, stepsOf } from './discover.ts';
import { gatherMeasurements } from './measurements.ts';
import { describeAudit, describeEstimate, describeRecommendation, describeReplay } from './describe-run.ts';
import type { Deployment } from './read-deployment.ts';
import { replayLimits } from './replay-limits.ts';
import { sentSteps, type RunContext } from './run-context.ts';
import type { RunDraft } from './run-draft.ts';
import { liftLimits, restoreLimits } from './stage/stage-limits.ts';

/**
 * Discovers what the stage sustains, proposes limits, replays limits against it and audits the table. Fills the
 * draft as it goes, so that an interrupted run keeps what it found. The limits found on the stage are put back
 * however this ends.
 */
export async function measureStage(
  context: RunContext,
  draft: RunDraft,
  deployment: Deployment,
): Promise<void> {
  const { progress, stage } = context;
  try {
    const { accountRatePerSecond, accountBurst } = draft.quotas;
    await liftLimits(stage, { rateLimit: accountRatePerSecond, burstLimit: accountBurst });
    progress.line('\nDiscovery, stage throttle and reserved concurrency lifted');
    await discover(context, draft);
    const replayed = chooseReplayed(draft, deployment);
    if (replayed !== null) {
      progress.line(`\nReplay against the ${replayed.of} limits`);
      draft.replay = await replayLimits(context, replayed.of, replayed.limits);
      progress.line(describeReplay(draft.replay));
    }
  } finally {
    await restoreLimits(stage, draft.deployedLimits).finally(() => audit(context, draft));
  }
}

async function audit(context: RunContext, draft: RunDraft): Promise<void> {
  const sent = sentSteps(context);
  if (sent.length === 0) return;
  const reading = readStoredIds(context.stage, context.runId);
  const stored = await context.progress.during('auditing the table', reading);
  draft.audit = auditEntries(context.runId, sent, stored);
  context.progress.line(`\n${describeAudit(draft.audit)}`);
}

async function discover(context: RunContext, draft: RunDraft): Promise<void> {
  const { progress } = context;
  draft.estimate = await discoverSustainedRate(context);
  const discovery = stepsOf(context, 'discovery');
  draft.binding = diagnoseBinding(discovery, {
    limits: draft.deployedLimits,
    quotas: draft.quotas,
    targets: draft.targets,
  });
  progress.line(`\n${describeEstimate(draft.estimate, draft.binding)}\n`);
  const burst = await discoverBurst(context);
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

/**
 * Which limits to replay: the deployed ones when they were measured on just what is deployed, else the proposal;
 * none where there is neither.
 */
function chooseReplayed(
  draft: RunDraft,
  deployment: Deployment,
): { readonly of: 'proposed' | 'deployed'; readonly limits: Limits } | null {
  const { evidence, limits } = deployment.throttle;
  const isMeasuredHere =
    evidence.kind === 'measured' &&
    evidence.stage === draft.stage &&
    isSame(evidence.fingerprint, draft.fingerprint) &&
    isSame(limits, draft.deployedLimits);
  if (isMeasuredHere) return { of: 'deployed', limits };
  if (draft.recommendation === null) return null;
  return { of: 'proposed', limits: draft.recommendation.limits };
}

function isSame<Value extends object>(one: Value, other: Value): boolean {
  const keys = Object.keys(one) as (keyof Value)[];
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}
