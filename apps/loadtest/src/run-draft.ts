import type { RunRecord } from '@spillway/capacity';
import type { RunContext } from './run-context.ts';

/** A run while it grows: what is not known yet is null, so that it can be written at any moment. */
export type RunDraft = Omit<RunRecord, 'steps' | 'finishedAt' | 'status' | 'stoppedBy' | 'version'>;

/** The draft as a record: whole, however far the run came. */
export function finishRun(
  draft: RunDraft,
  context: RunContext,
  end: { readonly status: RunRecord['status']; readonly stoppedBy: string | null; readonly at: Date },
): RunRecord {
  return {
    version: 1,
    ...draft,
    finishedAt: end.at.toISOString(),
    status: end.status,
    stoppedBy: end.stoppedBy,
    steps: context.taken.map(({ step }) => step),
  };
}
