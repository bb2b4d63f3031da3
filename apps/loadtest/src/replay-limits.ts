import {
  checkReplay,
  CONFIDENCE,
  replayPlan,
  samplesForNoneBad,
  type ReplayCheck,
  type RunRecord,
} from '@spillway/capacity';
import type { Limits } from '@spillway/throttle';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunContext } from './run-context.ts';
import { applyLimits } from './stage/stage-limits.ts';
import { takeStep } from './take-step.ts';

type Replay = NonNullable<RunRecord['replay']>;

/** Tries of one step of the replay. */
const MAXIMUM_TRIES = 3;

/** Room above the fewest answers that can prove the SLO's ε with none bad. */
const SAMPLES_MARGIN = 1.2;

/**
 * Enforces the limits on the stage and drives it around them (method, section 7). Leaves them enforced:
 * whoever called puts back what was deployed.
 */
export async function replayLimits(context: RunContext, of: Replay['of'], limits: Limits): Promise<Replay> {
  await applyLimits(context.stage, limits);
  const checks: ReplayCheck[] = [];
  for (const planned of replayPlan(limits, { holdMs: replayHoldMs(context, limits) })) {
    const tries: ReplayCheck[][] = [];
    do {
      await sleep(planned.idleMs, undefined, { signal: context.signal });
      const step = await takeStep(context, { ...planned.step, purpose: 'replay', limits: 'applied' });
      tries.push(checkReplay(planned, step, limits));
    } while (isWorthAnotherTry(tries));
    checks.push(...(tries.at(-1) ?? []));
  }
  return { of, limits, checks, verified: checks.every(({ outcome }) => outcome === 'met') };
}

/**
 * Whether a step of the replay is taken again: one that proved nothing, and one that missed for the first time,
 * because here as in the search a lone failure counts for nothing until it is repeated. All tries stay in the record.
 * @param tries checks of each try so far, oldest first
 */
export function isWorthAnotherTry(tries: readonly (readonly ReplayCheck[])[]): boolean {
  const has = (checks: readonly ReplayCheck[], outcome: ReplayCheck['outcome']): boolean =>
    checks.some((check) => check.outcome === outcome);
  const last = tries.at(-1) ?? [];
  if (tries.length >= MAXIMUM_TRIES) return false;
  if (has(last, 'inconclusive')) return true;
  return has(last, 'missed') && tries.filter((checks) => has(checks, 'missed')).length < 2;
}

/** The profile's hold, or longer where a low rate needs it to prove the SLO. */
function replayHoldMs({ profile, settings }: RunContext, { rateLimit }: Limits): number {
  const samples = samplesForNoneBad(settings.targets.errorRatio, CONFIDENCE);
  return Math.max(profile.replayHoldMs, Math.ceil((SAMPLES_MARGIN * 1000 * samples) / rateLimit));
}
