import { createHash } from 'node:crypto';
import type { StepPlan } from '../send-step.ts';

/** A step that others may send shares of. `entry`: name of the processor function that makes its entries. */
export type SharedPlan = StepPlan & { readonly entry?: string | undefined };

/** Equal for processes that were asked to send the same step together. @param count of all shards */
export function planDigestOf(plan: SharedPlan, count: number): string {
  const { name, runId, target, arrivals, warmUpMs, holdMs, payloadBytes, horizonMs, entry = null } = plan;
  const asked = [count, name, runId, target.href, arrivals, warmUpMs, holdMs, payloadBytes, horizonMs, entry];
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}
