import { readStoredIds } from './audit.ts';
import { cleanEntries, describeCleanUp } from './clean-entries.ts';
import type { FoundStage } from './stage/stage-connection.ts';

/**
 * Looks a run's entries up by their marker and removes them.
 * @returns in one line; whether all are gone
 */
export async function removeRunEntries(
  stage: FoundStage,
  runId: string,
  signal: AbortSignal,
): Promise<{ readonly line: string; readonly isDone: boolean }> {
  const stored = await readStoredIds(stage, runId);
  const cleaned = await cleanEntries(stage, runId, stored, signal);
  return { line: describeCleanUp(runId, cleaned), isDone: cleaned.left === 0 };
}
