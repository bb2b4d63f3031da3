import type { RunRecord } from '@spillway/capacity';
import type { ExplainableConfig } from '@spillway/throttle';

/**
 * Where a run measured something else than what a file describes, in sentences: its service times and quotas are simulated
 * all the same, but they are those of another stage or of another memory size.
 */
export function otherThanMeasured(
  { stage, limits }: ExplainableConfig,
  { runId, stage: measuredStage, fingerprint }: Pick<RunRecord, 'runId' | 'stage' | 'fingerprint'>,
): readonly string[] {
  const differences: string[] = [];
  if (stage !== undefined && stage !== measuredStage) {
    differences.push(
      `Run ${runId} measured stage ${measuredStage}, the file is of stage ${stage}: service times and quotas are those of ${measuredStage}.`,
    );
  }
  if (fingerprint.memorySize !== limits.memorySize) {
    differences.push(
      `Run ${runId} measured ${fingerprint.memorySize} MB, the file has ${limits.memorySize} MB: the service times are those of ${fingerprint.memorySize} MB, the cost is of ${limits.memorySize} MB.`,
    );
  }
  return differences;
}
