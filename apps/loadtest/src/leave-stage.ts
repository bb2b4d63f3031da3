import type { Audit } from '@spillway/capacity';
import { doAll } from './attempt-all.ts';
import { auditEntries, readStoredIds } from './audit.ts';
import { cleanEntries, describeCleanUp } from './clean-entries.ts';
import { settleMetrics } from './collect/settle-metrics.ts';
import { collectTimeline } from './collect/stage-timeline.ts';
import { describeAudit } from './describe-run.ts';
import type { RunContext } from './run-context.ts';
import type { RunDraft } from './run-draft.ts';
import { restoreLimits } from './stage/stage-limits.ts';
import { stageNameOf } from './stage/stage-text.ts';

/** A table of others is not kept busy for longer than this, ms. */
const CLEAN_UP_LIMIT_MS = 900_000;

/**
 * Leaves the stage as it was found, however the run ended: limits back, the table audited, the run's entries removed, the
 * lease given back; then reads what the stage's metrics said all the while. Each whether or not another could be done;
 * limits that are still lifted are told before anything else that fails.
 */
export async function leaveStage(context: RunContext, draft: RunDraft): Promise<void> {
  await doAll([
    () => putLimitsBack(context, draft),
    () => audit(context, draft),
    async () => context.shared?.lease.release(),
    () => readTimeline(context, draft),
  ]);
}

async function putLimitsBack({ stage, shared, progress }: RunContext, draft: RunDraft): Promise<void> {
  // Whoever has the stage now has put them back, and may have lifted them for a run of its own.
  if (shared?.lease.isLost) return;
  await restoreLimits(stage, draft.deployedLimits);
  if (shared === null) return;
  await shared.lease.markRestored();
  progress.line('\nLimits          put back as they were found');
}

async function audit(context: RunContext, draft: RunDraft): Promise<void> {
  const { sent, stage, runId, progress } = context;
  if (sent.length === 0) return;
  const stored = await progress.during('auditing the table', readStoredIds(stage, runId));
  draft.audit = auditEntries(runId, sent, stored);
  progress.line(`\n${describeAudit(draft.audit)}`);
  await cleanUp(context, draft.audit, stored);
}

/** Entries that the audit wonders at are evidence, and stay. */
async function cleanUp(
  { shared, stage, runId, progress }: RunContext,
  { lost, neverSent, refusedStored }: Audit,
  stored: ReadonlySet<string>,
): Promise<void> {
  if (shared === null) return;
  const stageName = stageNameOf(stage.stackName);
  const isWondered = lost > 0 || neverSent > 0 || refusedStored > 0;
  if (shared.keepsEntries || isWondered) {
    const command = `npx nx run loadtest clean --stage=${stageName} --run=${runId}`;
    const why = shared.keepsEntries ? '' : ' as evidence';
    progress.line(`Clean-up        ${stored.size} entries kept${why}; ${command}`);
    return;
  }
  const limit = AbortSignal.timeout(CLEAN_UP_LIMIT_MS);
  const cleaning = cleanEntries(stage, runId, stored, limit);
  const cleaned = await progress.during('removing the entries of the run', cleaning);
  progress.line(describeCleanUp(runId, cleaned).replace('<stage>', stageName));
}

/** A run without it is whole, so it is said and not thrown that the stage's metrics could not be read. */
async function readTimeline(context: RunContext, draft: RunDraft): Promise<void> {
  const { stage, progress, signal } = context;
  const window = { startMs: Date.parse(draft.startedAt), endMs: Date.now() };
  try {
    if (!signal.aborted) await settleMetrics(context);
    draft.timeline = await collectTimeline(stage, window, context.shared !== null, progress);
  } catch (error) {
    progress.line(`Timeline        not read: ${error instanceof Error ? error.message : String(error)}`);
  }
}
