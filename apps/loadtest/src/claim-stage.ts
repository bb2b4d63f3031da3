import { isHeld, thisProcess } from './lease/holder.ts';
import { LeaseHeldError } from './lease/lease-error.ts';
import { FunctionTags } from './lease/lease-store.ts';
import { describeLease } from './lease/lease.ts';
import { putBack } from './lease/put-back.ts';
import { StageLease } from './lease/stage-lease.ts';
import type { Progress } from './progress.ts';
import type { Settings } from './settings.ts';
import type { SharedStage } from './shared-stage.ts';
import { openStageFunction, type FoundStage, type StageConnection } from './stage/stage-connection.ts';
import { stageNameOf, stageText } from './stage/stage-text.ts';
import { OthersWatch } from './watch/others-watch.ts';

/** How a run means to use a stage that others use, too. */
export interface Claim {
  readonly runId: string;
  readonly targets: Settings['targets'];
  readonly keepsEntries: boolean;
  readonly metricWaitMs: number;
  /** Asks, or says no by throwing. */
  readonly agree: () => Promise<void>;
  readonly progress: Pick<Progress, 'line'>;
}

/** A stage that is this run's for its time. */
export interface ClaimedStage {
  readonly stage: StageConnection;
  readonly shared: SharedStage;
}

/**
 * Takes a deployed stage for a run: nobody else has it, somebody agreed, what an earlier run left lifted is back, and
 * others don't suffer already. Until then nothing of the stage is changed, but for what an earlier run left.
 * @throws LeaseHeldError, OthersSufferError, AliasError, and whatever `agree` throws
 */
export async function claimStage(found: FoundStage, claim: Claim): Promise<ClaimedStage> {
  const { runId, progress } = claim;
  const where = stageText(found);
  const store = new FunctionTags(found.lambda, found.functionName);
  const left = await store.read();
  const stageName = stageNameOf(found.stackName);
  if (left !== null && isHeld(left, Date.now())) {
    const next = `where that run is dead, npx nx run loadtest restore --stage=${stageName} --force`;
    throw new LeaseHeldError(where, left, next);
  }
  await claim.agree();
  if (left !== null) {
    progress.line(`Lease           of an earlier run is over: ${describeLease(left)}`);
    await putBack(found, left, progress);
    await store.remove();
    progress.line(
      `                its entries: npx nx run loadtest clean --stage=${stageName} --run=${left.runId}`,
    );
  }
  const others = new OthersWatch(found, claim.targets);
  progress.line(`Others          ${await others.before()}`);
  const owner = { runId, holder: found.caller, process: thisProcess() };
  const lease = await StageLease.take({ ...owner, store, where, nowMs: Date.now });
  progress.line(`Lease           ${where}: run ${runId} by ${found.caller}, renewed while it runs`);
  try {
    const stage = await openStageFunction(found);
    const { keepsEntries, metricWaitMs } = claim;
    return { stage, shared: { lease, others, keepsEntries, metricWaitMs } };
  } catch (error) {
    await lease.release();
    throw error;
  }
}
