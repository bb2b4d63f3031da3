import { TokenBucket, type Limits } from '@spillway/throttle';
import type { JudgedStep, ReplayCheck } from '../run-record.ts';
import type { ArrivalPattern } from '../step-record.ts';

/** Rates and bursts of the replay in multiples of the limits (method, section 7). */
const BELOW = 0.95;
const ABOVE = 1.5;

/** The share of 429 may be off by this share of itself. */
const SHARE_TOLERANCE = 0.05;

/** Added to every wait for a bucket to drain or to fill, ms. */
const MARGIN_MS = 1000;

/** A burst is "at once": within this, or within a quarter of the time in which the bucket refills, ms. */
const BURST_WITHIN_MS = 50;

/** Answers to a burst are awaited for this long, ms. */
const BURST_HOLD_MS = 1000;

/**
 * The larger burst exceeds the bucket by at least what refills in this time, s: a front that needs that long to take
 * the burst in need not refuse anything of a smaller one.
 */
const BURST_EXCESS_SECONDS = 0.5;

/** A step of the replay, and how long the stage must rest before it, so that the bucket is full. */
export interface ReplayStep {
  readonly role: 'burst' | 'over-burst' | 'below' | 'above';
  readonly step: {
    readonly arrivals: ArrivalPattern;
    readonly warmUpMs: number;
    readonly holdMs: number;
  };
  readonly idleMs: number;
}

/**
 * The steps that show whether limits hold (method, section 7), limits applied: a burst of b; a burst of 2 b, or
 * more where the bucket refills by that much before a burst is over; 0.95 r; 1.5 r after a warm-up that drains
 * the bucket, b / (0.5 r).
 * @param holdMs span in which the two rates are judged
 */
export function replayPlan(limits: Limits, { holdMs }: { readonly holdMs: number }): readonly ReplayStep[] {
  const { rateLimit, burstLimit } = limits;
  const idleMs = Math.ceil((1000 * burstLimit) / rateLimit) + MARGIN_MS;
  const drainMs = Math.ceil((1000 * burstLimit) / ((ABOVE - 1) * rateLimit)) + MARGIN_MS;
  const withinMs = Math.min(BURST_WITHIN_MS, (250 * burstLimit) / rateLimit);
  const over = Math.max(2 * burstLimit, burstLimit + Math.ceil(BURST_EXCESS_SECONDS * rateLimit));
  const rate = (role: 'below' | 'above', times: number, warmUpMs: number): ReplayStep => ({
    role,
    step: { arrivals: { kind: 'constant', ratePerSecond: times * rateLimit }, warmUpMs, holdMs },
    idleMs,
  });
  const burst = (role: 'burst' | 'over-burst', requests: number): ReplayStep => ({
    role,
    step: { arrivals: { kind: 'burst', requests, withinMs }, warmUpMs: 0, holdMs: withinMs + BURST_HOLD_MS },
    idleMs,
  });
  return [
    burst('burst', burstLimit),
    burst('over-burst', over),
    rate('below', BELOW, MARGIN_MS),
    rate('above', ABOVE, drainMs),
  ];
}

/**
 * What a step of the replay shows of each requirement it was planned for; `inconclusive` where the generator fell
 * behind or the host stood still, and the step is worth another try.
 */
export function checkReplay(planned: ReplayStep, step: JudgedStep, limits: Limits): ReplayCheck[] {
  switch (planned.role) {
    case 'below':
      return [
        check('no 429 at 0.95 of the rate limit', step, '0 throttled', checkBelow),
        check('0.95 of the rate limit meets the SLO', step, 'the step passes', checkPasses),
      ];
    case 'above':
      return [
        check(
          '429 share at 1.5 of the rate limit',
          step,
          `1 − ${limits.rateLimit} / offered, ± ${100 * SHARE_TOLERANCE} %`,
          (taken) => checkShare(taken, limits),
        ),
        check('no failure at 1.5 of the rate limit', step, '0 failed', checkNoFailure),
      ];
    case 'burst':
      return [check('a burst of the burst limit is clean', step, 'all good, 0 throttled', checkClean)];
    case 'over-burst':
      return [
        check('a larger burst is answered 429, not 5xx', step, 'some throttled, 0 failed', checkRefused),
      ];
  }
}

interface Finding extends Pick<ReplayCheck, 'found'> {
  readonly isMet: boolean;
  /** Stands however late the generator was: lateness could only have hidden it. */
  readonly isCertain?: boolean;
  /** Neither met nor missed. */
  readonly isOpen?: boolean;
}

function check(
  name: string,
  step: JudgedStep,
  wanted: string,
  look: (step: JudgedStep) => Finding,
): ReplayCheck {
  const { judgement, measurement } = step;
  const { found, isMet, isCertain, isOpen } = look(step);
  if (measurement.judged === 0 || isOpen || !(isJudgeable(judgement.inconclusive) || isCertain)) {
    const reason = judgement.reasons[0] ?? 'no answer to judge';
    return { name, wanted, outcome: 'inconclusive', found: reason };
  }
  const aside = measurement.setAside > 0 ? ` (${measurement.setAside} answers set aside)` : '';
  return { name, wanted, outcome: isMet ? 'met' : 'missed', found: `${found}${aside}` };
}

/** Too few samples for a bound don't hinder a replay, which counts; a late generator or a stalled host do. */
function isJudgeable(inconclusive: JudgedStep['judgement']['inconclusive']): boolean {
  return inconclusive !== 'generator' && inconclusive !== 'host';
}

/** Server errors, timeouts and broken connections: what no limit may lead to. */
function failures({ failed, timeout, connectionError }: JudgedStep['measurement']['outcomes']): number {
  return failed + timeout + connectionError;
}

/** A step without a verdict is worth another try. */
function checkPasses({ judgement }: JudgedStep): Finding {
  const found = judgement.reasons[0] ?? judgement.verdict;
  return { isMet: judgement.verdict === 'pass', isOpen: judgement.verdict === 'inconclusive', found };
}

function checkBelow({ measurement: { outcomes, judged } }: JudgedStep): Finding {
  return { isMet: outcomes.throttled === 0, found: `${outcomes.throttled} of ${judged} throttled` };
}

/**
 * At a steady 1.5 r a bucket refuses 1 − r / offered. One that holds a single token refuses more, because what
 * refills beyond it is lost, unless the arrivals jitter: anything between the two is right.
 */
function checkShare({ record, measurement }: JudgedStep, limits: Limits): Finding {
  const { judged, outcomes, offeredPerSecond } = measurement;
  const share = outcomes.throttled / judged;
  const steady = Math.max(0, 1 - limits.rateLimit / offeredPerSecond);
  const ideal = idealShare(limits, offeredPerSecond, record.warmUpMs, record.holdMs);
  const tolerance = Math.max(SHARE_TOLERANCE * steady, 2 / judged);
  return {
    isMet: share >= Math.min(steady, ideal) - tolerance && share <= Math.max(steady, ideal) + tolerance,
    found: `${(100 * share).toFixed(1)} % throttled, ${(100 * steady).toFixed(1)} % expected at ${offeredPerSecond.toFixed(0)}/s`,
  };
}

/** Share that an ideal bucket refuses of constant arrivals after the warm-up. */
function idealShare(limits: Limits, ratePerSecond: number, warmUpMs: number, holdMs: number): number {
  const bucket = new TokenBucket(limits, 0);
  let arrived = 0;
  let refused = 0;
  for (let atMs = 0; atMs < warmUpMs + holdMs; atMs += 1000 / ratePerSecond) {
    const isRefused = bucket.admit(atMs) === 'throttled';
    if (atMs < warmUpMs) continue;
    arrived += 1;
    if (isRefused) refused += 1;
  }
  return refused / arrived;
}

function checkNoFailure({ measurement: { outcomes, judged } }: JudgedStep): Finding {
  return { isMet: failures(outcomes) === 0, found: `${failures(outcomes)} of ${judged} failed` };
}

function checkClean({ measurement, judgement }: JudgedStep): Finding {
  const { judged, bad, outcomes } = measurement;
  return {
    isMet: judgement.verdict === 'pass' && outcomes.throttled === 0 && failures(outcomes) === 0,
    found: `${judged - bad} of ${judged} good, ${outcomes.throttled} throttled, ${failures(outcomes)} failed`,
  };
}

function checkRefused({ measurement: { outcomes, judged } }: JudgedStep): Finding {
  const isMet = outcomes.throttled > 0 && failures(outcomes) === 0;
  return {
    isMet,
    isCertain: isMet,
    found: `${outcomes.throttled} of ${judged} throttled, ${failures(outcomes)} failed`,
  };
}
