import { overlapMs, stallWindows } from '../answers/answers.ts';
import { percent } from '../figures.ts';
import { generatorReasons } from './generator-behind.ts';
import type { Judgement, Measurement, Targets } from '../run-record.ts';
import { Z_95 } from '../statistics/bounds.ts';
import type { StepRecord } from '../step-record.ts';

/** Goodput below this share of what was offered is unstable (method, section 3); below the other, collapse. */
const STABLE_RATIO = 0.99;
const COLLAPSE_RATIO = 0.9;

/**
 * A pass needs the drift of the requests in flight proven below this share of the arrivals; what may drift below it
 * is taken off the estimate's lower end.
 */
export const DRIFT_UPPER_RATIO = 0.05;

/** More answers or time set aside than this and the rest is not the step any more. */
const SET_ASIDE_RATIO = 0.25;

/**
 * A step's verdict (method, section 3). `pass` needs a proof that the bad ratio is at most ε and that nothing piles
 * up; `fail` a proof of the opposite; all else is inconclusive and names the reason.
 * A generator that fell behind, or a host that stood still, voids a step unless it fails whatever they did.
 * Where the limits apply, 429 is policy: the admitted answers are judged. A burst is one event, so that its
 * share of bad answers is compared with ε as it stands.
 */
export function judgeStep(record: StepRecord, measurement: Measurement, targets: Targets): Judgement {
  if (record.limits === 'lifted' && measurement.outcomes.throttled > 0) {
    return inconclusive(
      'throttled',
      `${measurement.outcomes.throttled} answers are 429 although the throttle was lifted: this measures the throttle`,
    );
  }
  const behind = generatorReasons(record, measurement, targets);
  if (measurement.judged === 0) {
    if (measurement.setAside > 0)
      return inconclusive('host', 'every answer lies in a window of a host stall');
    return inconclusive(behind.length > 0 ? 'generator' : 'samples', 'no answer to judge', ...behind);
  }
  if (record.arrivals.kind === 'burst') return judgeBurst(measurement, targets, behind);
  const failing = failureReasons(record, measurement, targets, behind.length > 0);
  if (failing.length > 0) return { verdict: 'fail', inconclusive: null, reasons: failing };
  if (behind.length > 0) return inconclusive('generator', ...behind);
  const aside = setAsideRatio(record, measurement, targets);
  if (aside > SET_ASIDE_RATIO) {
    return inconclusive(
      'host',
      `the host stood still: ${percent(aside)} of the step set aside, at most ${percent(SET_ASIDE_RATIO)} may be`,
    );
  }
  return passOrOpen(record, measurement, targets);
}

function judgeBurst(measurement: Measurement, targets: Targets, behind: readonly string[]): Judgement {
  const { throttled } = measurement.outcomes;
  const admitted = measurement.judged - throttled;
  const total = admitted + measurement.setAside;
  const bad = measurement.bad - throttled;
  const found = `${bad} of ${admitted} answers of the burst are bad${throttled > 0 ? `, ${throttled} more throttled` : ''}`;
  if (bad > targets.errorRatio * total && behind.length === 0) {
    return {
      verdict: 'fail',
      inconclusive: null,
      reasons: [`${found}: more than ${percent(targets.errorRatio)}`],
    };
  }
  if (behind.length > 0) return inconclusive('generator', ...behind);
  if (measurement.setAside > SET_ASIDE_RATIO * total) {
    return inconclusive('host', `${measurement.setAside} of ${total} answers lie in windows of host stalls`);
  }
  return { verdict: 'pass', inconclusive: null, reasons: [found] };
}

/** Reasons that hold even if every answer set aside had been good and, where it was behind, every send in time. */
function failureReasons(
  record: StepRecord,
  measurement: Measurement,
  targets: Targets,
  isBehind: boolean,
): string[] {
  const kept = measurement.judged / (measurement.judged + measurement.setAside);
  const admitted = 1 - measurement.outcomes.throttled / measurement.judged;
  const lower = isBehind ? (measurement.badRatioLowerSinceSend ?? 0) : measurement.badRatioLower;
  if (admitted < 1) return admittedReasons(measurement, targets);
  const reasons: string[] = [];
  if (lower * kept > targets.errorRatio) {
    reasons.push(
      `at least ${percent(lower * kept)} of the answers are bad (95 % bound; ${measurement.bad} of ${measurement.judged}), more than ${percent(targets.errorRatio)}`,
    );
  }
  if (isBehind) return reasons;
  const offered = measurement.offeredPerSecond;
  if (isOverrun(measurement) && timeSetAsideRatio(record, targets) <= SET_ASIDE_RATIO) {
    reasons.push(
      `requests in flight grow by ${measurement.inFlightSlopePerSecond.toFixed(1)} a second at ${offered.toFixed(0)}/s offered`,
    );
  }
  if (measurement.goodputPerSecond < COLLAPSE_RATIO * offered && timeSetAsideRatio(record, targets) <= 0.5) {
    reasons.push(
      `goodput is ${measurement.goodputPerSecond.toFixed(1)}/s of ${offered.toFixed(1)}/s offered, less than ${COLLAPSE_RATIO}`,
    );
  }
  return reasons;
}

/** A trend that takes more than the share of the arrivals by which goodput may fall short. */
function isOverrun({ inFlightGrows, inFlightSlopePerSecond, offeredPerSecond }: Measurement): boolean {
  return inFlightGrows && inFlightSlopePerSecond > (1 - STABLE_RATIO) * offeredPerSecond;
}

/** With limits applied and 429s in it, only what was admitted can fail. */
function admittedReasons(measurement: Measurement, targets: Targets): string[] {
  const bad = measurement.bad - measurement.outcomes.throttled;
  const admitted = measurement.judged - measurement.outcomes.throttled;
  if (bad <= targets.errorRatio * admitted) return [];
  return [`${bad} of ${admitted} admitted answers are bad, more than ${percent(targets.errorRatio)}`];
}

function passOrOpen(record: StepRecord, measurement: Measurement, targets: Targets): Judgement {
  const { judged, bad, badRatioUpper, effectiveSamples, offeredPerSecond, goodputPerSecond } = measurement;
  if (measurement.outcomes.throttled > 0) {
    const admitted = judged - measurement.outcomes.throttled;
    return {
      verdict: 'pass',
      inconclusive: null,
      reasons: [`the ${admitted} admitted answers meet the SLO`],
    };
  }
  const found = `at most ${percent(badRatioUpper)} of the answers are bad (95 % bound; ${bad} of ${judged})`;
  if (badRatioUpper > targets.errorRatio) {
    const clustered = effectiveSamples < judged / 2;
    return inconclusive(
      clustered ? 'correlated' : 'samples',
      `${found}, ${percent(targets.errorRatio)} is wanted: hold longer`,
      ...(clustered
        ? [`bad answers come in clumps: ${judged} are worth ${effectiveSamples.toFixed(0)}`]
        : []),
    );
  }
  // What is in flight at the two ends of the hold differs by chance by about √(2 · in flight), by Little's law.
  const inFlight = (offeredPerSecond * (measurement.latencyMs?.p50 ?? 0)) / 1000;
  const noisePerSecond = (Z_95 * Math.sqrt(2 * inFlight)) / (record.holdMs / 1000);
  if (goodputPerSecond < STABLE_RATIO * offeredPerSecond - noisePerSecond) {
    return inconclusive(
      'samples',
      `goodput is ${goodputPerSecond.toFixed(1)}/s of ${offeredPerSecond.toFixed(1)}/s offered, not a trend yet: hold longer`,
    );
  }
  // Undefined in a record of before drift was bounded; null where stalls left too few blocks to bound it.
  const driftUpper = measurement.inFlightSlopeUpperPerSecond;
  if (driftUpper === null) {
    return inconclusive(
      record.host.stalls.length > 0 ? 'host' : 'samples',
      'too few undisturbed blocks to bound the drift of the requests in flight: hold longer',
    );
  }
  if (driftUpper !== undefined && driftUpper > DRIFT_UPPER_RATIO * offeredPerSecond) {
    return inconclusive(
      'samples',
      `requests in flight may grow by up to ${driftUpper.toFixed(1)} a second at ${offeredPerSecond.toFixed(0)}/s offered (95 % bound): hold longer`,
    );
  }
  return { verdict: 'pass', inconclusive: null, reasons: [`${found}; nothing piles up`] };
}

/** Share of the step that stalls took, counted in answers or in time, whichever is more. */
function setAsideRatio(record: StepRecord, measurement: Measurement, targets: Targets): number {
  const byAnswers = measurement.setAside / (measurement.judged + measurement.setAside);
  return Math.max(byAnswers, timeSetAsideRatio(record, targets));
}

function timeSetAsideRatio(record: StepRecord, targets: Targets): number {
  if (record.holdMs === 0) return 0;
  const windows = stallWindows(record.host.stalls, targets.latencyMs);
  return overlapMs(windows, record.warmUpMs, record.warmUpMs + record.holdMs) / record.holdMs;
}

function inconclusive(why: NonNullable<Judgement['inconclusive']>, ...reasons: string[]): Judgement {
  return { verdict: 'inconclusive', inconclusive: why, reasons };
}
