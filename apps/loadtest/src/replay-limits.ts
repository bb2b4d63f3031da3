import { checkReplay, replayPlan, type ReplayCheck, type RunRecord } from '@spillway/capacity';
import type { Limits } from '@spillway/throttle';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JudgedStep, RunContext } from './run-context.ts';
import { applyLimits } from './stage/stage-limits.ts';
import { takeStep } from './take-step.ts';

type Replay = NonNullable<RunRecord['replay']>;

/** A step whose check came out inconclusive (the host stood still) is taken again at most this often. */
const RETRIES = 2;

/**
 * Enforces the limits on the stage and drives it around them (method, section 7). Leaves them enforced:
 * whoever called puts back what was deployed.
 */
export async function replayLimits(context: RunContext, of: Replay['of'], limits: Limits): Promise<Replay> {
  await applyLimits(context.stage, limits);
  const checks: ReplayCheck[] = [];
  for (const planned of replayPlan(limits, { holdMs: context.profile.replayHoldMs })) {
    for (let attempt = 0; ; attempt += 1) {
      await sleep(planned.idleMs, undefined, { signal: context.signal });
      const step: JudgedStep = await takeStep(context, {
        ...planned.step,
        purpose: 'replay',
        limits: 'applied',
      });
      const found = checkReplay(planned, step, limits);
      const isSettled = found.every(({ outcome }) => outcome !== 'inconclusive');
      if (!isSettled && attempt < RETRIES) continue;
      checks.push(...found);
      break;
    }
  }
  return { of, limits, checks, verified: checks.every(({ outcome }) => outcome === 'met') };
}
