import { setTimeout as sleep } from 'node:timers/promises';
import { printAnswers } from '../answers-file.ts';
import type { StepListener } from '../open-loop.ts';
import { sendStep, type SentStep } from '../send-step.ts';
import { agreeStart } from './agree-start.ts';
import { claimShard } from './claim-shard.ts';
import { planDigestOf, type SharedPlan } from './plan-digest.ts';
import type { ResultPlace } from './result-place.ts';
import { shardFolder } from './shard-files.ts';
import { writeShard } from './shard-record.ts';
import { watchForStop } from './stop-watch.ts';

/** How many generators send a step together, and how long each waits for the others, ms. */
export interface Sharing {
  readonly count: number;
  readonly waitMs: number;
}

/** The start is waited for asleep, and the rest of it in the step itself, ms. */
const AWAKE_BEFORE_MS = 50;

/**
 * Sends this process's share of a step, together with `count` − 1 others that meet at the same place, and leaves it
 * there.
 * @throws ShardError when they don't come together; then this process has sent nothing
 */
export async function sendShare(
  plan: SharedPlan,
  { count, waitMs }: Sharing,
  results: ResultPlace,
  listener: StepListener,
  signal: AbortSignal,
): Promise<SentStep> {
  const place = results.within(shardFolder(plan.name));
  const shard = await claimShard(place, plan.name, count);
  const planDigest = planDigestOf(plan, count);
  const stop = watchForStop(place);
  const until = AbortSignal.any([signal, stop.signal]);
  let startAtMs = 0;
  const agree = async () => {
    const terms = { place, stepName: plan.name, shard, planDigest, waitMs, now: Date.now, signal: until };
    startAtMs = await agreeStart(terms);
    await sleep(Math.max(0, startAtMs - Date.now() - AWAKE_BEFORE_MS));
    return startAtMs;
  };
  try {
    const step = await sendStep(plan, listener, until, { shard, agree });
    const { warmUpMs } = plan;
    const record = { ...shard, planDigest, startAtMs, warmUpMs, report: step.report };
    await writeShard(place, record, printAnswers(step.log));
    return step;
  } finally {
    stop.close();
  }
}
