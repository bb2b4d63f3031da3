import type { Progress } from '../progress.ts';
import { AliasMovedError } from '../stage/alias-error.ts';
import { openLeftFunction, type FoundStage } from '../stage/stage-connection.ts';
import { LimitsNotRestoredError, restoreLimits } from '../stage/stage-limits.ts';
import { stageText } from '../stage/stage-text.ts';
import { DeployedSinceError } from './lease-error.ts';
import type { Lease } from './lease.ts';

/**
 * Puts back what a run found and could not put back itself, as its lease says. Nothing is changed where nothing was
 * lifted, or where all is back already.
 * @param isForced also where the stack was deployed meanwhile; an alias that the deployment moved stays where it is
 * @throws DeployedSinceError, LimitsNotRestoredError
 */
export async function putBack(
  stage: FoundStage,
  lease: Lease,
  progress: Pick<Progress, 'line'>,
  isForced = false,
): Promise<void> {
  const { state, found, runId } = lease;
  if (state !== 'lifted' || found === null) {
    progress.line(`Limits          as they were found: run ${runId} left nothing to put back`);
    return;
  }
  const { deployedAt } = stage;
  if (!isForced && deployedAt !== null && deployedAt.getTime() > lease.takenAtMs)
    throw new DeployedSinceError(stageText(stage), lease, deployedAt);
  await restoreLimits(openLeftFunction(stage, found.version), found.limits).catch((error: unknown) => {
    if (!(isForced && isMovedAlias(error))) throw error;
    progress.line('Alias           moved by a deployment meanwhile: left where it is');
  });
  const { rateLimit, burstLimit, reservedConcurrency, memorySize, timeoutSeconds } = found.limits;
  const version = found.version === null ? '' : `, version ${found.version}`;
  progress.line(
    `Limits          put back: ${rateLimit}/s, burst ${burstLimit}, concurrency ${reservedConcurrency}, ` +
      `${memorySize} MB, ${timeoutSeconds} s${version}`,
  );
}

function isMovedAlias(error: unknown): boolean {
  const reasons = error instanceof LimitsNotRestoredError ? (error.cause as AggregateError).errors : [];
  return reasons.length > 0 && reasons.every((reason) => reason instanceof AliasMovedError);
}
