import type { StepListener } from './open-loop.ts';
import { sendStep, type SentStep } from './send-step.ts';
import type { SharedPlan } from './shards/plan-digest.ts';
import { openPlace } from './shards/result-place.ts';
import { sendShare } from './shards/send-share.ts';
import { writeStep } from './step-files.ts';
import { ScenarioError, type EngineConfig } from './step-options.ts';

/**
 * Sends a step, alone or as one of several generators, and leaves what became of it where the scenario asks.
 * @throws what `sendStep` and `sendShare` throw
 */
export async function takePace(
  plan: SharedPlan,
  { resultsDirectory, shards }: Pick<EngineConfig, 'resultsDirectory' | 'shards'>,
  listener: StepListener,
  signal: AbortSignal,
): Promise<SentStep> {
  if (resultsDirectory === undefined) {
    if (shards === undefined) return sendStep(plan, listener, signal);
    throw new ScenarioError('config.engines.spillway', [
      'resultsDirectory missing: want a directory or s3://bucket/prefix where shards can meet',
    ]);
  }
  const results = await openPlace(resultsDirectory);
  if (shards !== undefined) return sendShare(plan, shards, results, listener, signal);
  const step = await sendStep(plan, listener, signal);
  await writeStep(results, plan.name, step);
  return step;
}
