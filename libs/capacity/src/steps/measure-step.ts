import {
  outcomes,
  overlapMs,
  stallWindows,
  touchesWindow,
  type Answers,
  type Outcome,
} from '../answers/answers.ts';
import { batchMsOf, effectiveSamples } from '../statistics/batch-means.ts';
import { ratioLowerBound, ratioUpperBound } from '../statistics/bounds.ts';
import { driftUpperPerSecond, isDriftPositive } from '../statistics/drift.ts';
import { inFlightOver } from './in-flight.ts';
import { latencySummary, percentile } from '../statistics/percentile.ts';
import type { Measurement, Targets } from '../run-record.ts';
import type { StepRecord } from '../step-record.ts';
import { isRising, theilSenSlopePerSecond } from '../statistics/theil-sen.ts';

/**
 * Two tests must agree on a trend (Mann–Kendall at 95 %, drift at this), and a failing rate takes two steps or a
 * collapse: so that each may be quick to suspect, since a drift overlooked becomes a limit that is too high.
 */
const DRIFT_CONFIDENCE = 0.8;

/** The answers that are judged, a column a fact. */
interface Judged {
  readonly instantsMs: Float64Array;
  readonly latenciesMs: Float64Array;
  readonly latenessesMs: Float64Array;
  readonly isBad: Uint8Array;
  readonly isBadSinceSend: Uint8Array;
  readonly outcomes: Measurement['outcomes'];
  readonly slow: number;
  readonly setAside: number;
}

/**
 * What a step's answers come to (method, sections 1 and 3): good is acknowledged within T of the intended instant;
 * the warm-up is dropped; an answer whose time in flight touches a stalled window is set aside and counted,
 * unless its time outside all such windows exceeds T, which no stall explains.
 * Goodput counts good answers by the instant they end, so that it falls short where a backlog grows.
 */
export function measureStep(record: StepRecord, answers: Answers, targets: Targets): Measurement {
  const isBurst = record.arrivals.kind === 'burst';
  const fromMs = record.warmUpMs;
  const toMs = fromMs + record.holdMs;
  const judged = selectJudged(record, answers, targets, fromMs, isBurst ? Number.POSITIVE_INFINITY : toMs);
  const samples = judged.isBad.length;
  const bad = sum(judged.isBad);
  const effective = isBurst
    ? samples
    : effectiveSamples(judged.instantsMs, judged.isBad, fromMs, batchMsOf(record.holdMs));
  const worth = samples === 0 ? 0 : effective / samples;
  const badSinceSend = sum(judged.isBadSinceSend);
  const flow = flowOver(record, answers, targets, isBurst);
  return {
    offeredPerSecond: flow.offeredPerSecond,
    goodputPerSecond: flow.goodputPerSecond,
    judged: samples,
    setAside: judged.setAside,
    outcomes: judged.outcomes,
    slow: judged.slow,
    bad,
    badRatio: samples === 0 ? 0 : bad / samples,
    badRatioLower: ratioLowerBound(bad * worth, effective),
    badRatioUpper: ratioUpperBound(bad * worth, effective),
    effectiveSamples: effective,
    latencyMs: latencySummary(judged.latenciesMs),
    inFlightSlopePerSecond: flow.slopePerSecond,
    inFlightGrows: flow.grows,
    inFlightSlopeUpperPerSecond: flow.slopeUpperPerSecond,
    latenessP99Ms: samples === 0 ? 0 : percentile(judged.latenessesMs.toSorted(), 0.99),
    badRatioLowerSinceSend: ratioLowerBound(badSinceSend * worth, effective),
  };
}

function selectJudged(
  record: StepRecord,
  answers: Answers,
  targets: Targets,
  fromMs: number,
  toMs: number,
): Judged {
  const windows = stallWindows(record.host.stalls, targets.latencyMs);
  const rows: number[] = [];
  let setAside = 0;
  for (let row = 0; row < answers.count; row += 1) {
    const startMs = at(answers.intendedMs, row);
    if (startMs < fromMs || startMs >= toMs) continue;
    const latencyMs = at(answers.latencyMs, row);
    const endMs = startMs + latencyMs;
    const isExplained =
      touchesWindow(windows, startMs, endMs) &&
      latencyMs - overlapMs(windows, startMs, endMs) <= targets.latencyMs &&
      !(record.limits === 'lifted' && outcomeOf(answers, row) === 'throttled');
    if (isExplained) setAside += 1;
    else rows.push(row);
  }
  const counts = { acknowledged: 0, refused: 0, throttled: 0, failed: 0, timeout: 0, connectionError: 0 };
  let slow = 0;
  const isBad = new Uint8Array(rows.length);
  const isBadSinceSend = new Uint8Array(rows.length);
  rows.forEach((row, index) => {
    const outcome = outcomeOf(answers, row);
    counts[outcome === 'connection-error' ? 'connectionError' : outcome] += 1;
    const acknowledged = outcome === 'acknowledged';
    const latencyMs = at(answers.latencyMs, row);
    if (acknowledged && latencyMs > targets.latencyMs) slow += 1;
    isBad[index] = acknowledged && latencyMs <= targets.latencyMs ? 0 : 1;
    isBadSinceSend[index] =
      acknowledged && latencyMs - at(answers.latenessMs, row) <= targets.latencyMs ? 0 : 1;
  });
  return {
    instantsMs: Float64Array.from(rows, (row) => at(answers.intendedMs, row)),
    latenciesMs: Float64Array.from(rows, (row) => at(answers.latencyMs, row)),
    latenessesMs: Float64Array.from(rows, (row) => at(answers.latenessMs, row)),
    isBad,
    isBadSinceSend,
    outcomes: counts,
    slow,
    setAside,
  };
}

/** Arrivals and good answers per second outside the windows, and what is in flight between them. */
function flowOver(record: StepRecord, answers: Answers, targets: Targets, isBurst: boolean) {
  const windows = isBurst ? [] : stallWindows(record.host.stalls, targets.latencyMs);
  const fromMs = record.warmUpMs;
  const toMs = fromMs + record.holdMs;
  const isCounted = (atMs: number): boolean =>
    atMs >= fromMs && atMs < toMs && !touchesWindow(windows, atMs, atMs);
  let arrivals = 0;
  let good = 0;
  for (let row = 0; row < answers.count; row += 1) {
    const startMs = at(answers.intendedMs, row);
    const latencyMs = at(answers.latencyMs, row);
    if (isCounted(startMs)) arrivals += 1;
    const isGood = outcomeOf(answers, row) === 'acknowledged' && latencyMs <= targets.latencyMs;
    if (isGood && isCounted(startMs + latencyMs)) good += 1;
  }
  const seconds = (record.holdMs - overlapMs(windows, fromMs, toMs)) / 1000;
  const perSecond = (count: number): number => (seconds > 0 ? count / seconds : 0);
  const offeredPerSecond = perSecond(arrivals);
  const { levels, increments, blockMs } = isBurst
    ? { levels: [], increments: [], blockMs: 1 }
    : inFlightOver(answers, fromMs, toMs, windows);
  const slopePerSecond = theilSenSlopePerSecond(levels);
  return {
    offeredPerSecond,
    goodputPerSecond: perSecond(good),
    slopePerSecond,
    grows: slopePerSecond > 0 && isRising(levels) && isDriftPositive(increments, DRIFT_CONFIDENCE),
    slopeUpperPerSecond: driftUpperPerSecond(levels, increments, blockMs),
  };
}

function outcomeOf(answers: Answers, row: number): Outcome {
  return outcomes[answers.outcome[row] ?? -1] ?? 'connection-error';
}

function at(column: Float64Array, row: number): number {
  return column[row] ?? Number.NaN;
}

function sum(flags: Uint8Array): number {
  return flags.reduce((total, flag) => total + flag, 0);
}
