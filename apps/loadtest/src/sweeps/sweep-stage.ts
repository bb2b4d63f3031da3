import type { RunContext } from '../run-context.ts';
import type { RunDraft } from '../run-draft.ts';
import { liftLimits } from '../stage/stage-limits.ts';
import { sweepMemory } from './sweep-memory.ts';
import { sweepPayload } from './sweep-payload.ts';

/**
 * The sweeps that were asked for. They come last: nothing that they leave behind, such as a grown heap or new
 * environments, is in the way of what the limits rest on. Lifts the limits; whoever called puts them back.
 */
export async function sweepStage(context: RunContext, draft: RunDraft): Promise<void> {
  const { stage, sweeps } = context;
  if (sweeps.length === 0) return;
  const { accountRatePerSecond, accountBurst } = draft.quotas;
  await liftLimits(stage, { rateLimit: accountRatePerSecond, burstLimit: accountBurst });
  // As in discovery, to which the sweeps compare: a replay leaves the timeout of the limits that it was of.
  await stage.ingestFunction.configure({ Timeout: draft.deployedLimits.timeoutSeconds });
  if (sweeps.includes('payload')) await sweepPayload(context, draft);
  if (sweeps.includes('memory')) await sweepMemory(context, draft);
}
