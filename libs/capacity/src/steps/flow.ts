import { outcomes, overlapMs, stallWindows, touchesWindow, type Answers } from '../answers/answers.ts';
import type { Targets } from '../run-record.ts';
import { driftUpperPerSecond, isDriftPositive } from '../statistics/drift.ts';
import { isRising, theilSenSlopePerSecond } from '../statistics/theil-sen.ts';
import type { StepRecord } from '../step-record.ts';
import { inFlightOver } from './in-flight.ts';

/**
 * Two tests must agree on a trend (Mann–Kendall at 95 %, drift at this), and a failing rate takes two steps or a
 * collapse: so that each may be quick to suspect, since a drift overlooked becomes a limit that is too high.
 */
const DRIFT_CONFIDENCE = 0.8;

const ACKNOWLEDGED = outcomes.indexOf('acknowledged');

/** What goes into a stage and comes out of it over a hold, requests/s, and whether the difference piles up. */
export interface Flow {
  readonly offeredPerSecond: number;
  readonly goodputPerSecond: number;
  readonly slopePerSecond: number;
  readonly grows: boolean;
  readonly slopeUpperPerSecond: number | null;
}

/**
 * Arrivals and good answers per second outside stalled windows, and what is in flight between them. Good answers
 * count by the instant they end, so that goodput falls short where a backlog grows. A burst is all backlog: nothing is
 * said of its trend.
 */
export function flowOver(record: StepRecord, answers: Answers, targets: Targets): Flow {
  const isBurst = record.arrivals.kind === 'burst';
  const windows = isBurst ? [] : stallWindows(record.host.stalls, targets.latencyMs);
  const fromMs = record.warmUpMs;
  const toMs = fromMs + record.holdMs;
  const isCounted = (atMs: number): boolean =>
    atMs >= fromMs && atMs < toMs && !touchesWindow(windows, atMs, atMs);
  let arrivals = 0;
  let good = 0;
  for (let row = 0; row < answers.count; row += 1) {
    const startMs = answers.intendedMs[row] as number;
    if (isCounted(startMs)) arrivals += 1;
    const latencyMs = answers.latencyMs[row] as number;
    const isGood = answers.outcome[row] === ACKNOWLEDGED && latencyMs <= targets.latencyMs;
    if (isGood && isCounted(startMs + latencyMs)) good += 1;
  }
  const seconds = (record.holdMs - overlapMs(windows, fromMs, toMs)) / 1000;
  const perSecond = (count: number): number => (seconds > 0 ? count / seconds : 0);
  const { levels, increments, blockMs } = isBurst
    ? { levels: [], increments: [], blockMs: 1 }
    : inFlightOver(answers, fromMs, toMs, windows);
  const slopePerSecond = theilSenSlopePerSecond(levels);
  return {
    offeredPerSecond: perSecond(arrivals),
    goodputPerSecond: perSecond(good),
    slopePerSecond,
    grows: slopePerSecond > 0 && isRising(levels) && isDriftPositive(increments, DRIFT_CONFIDENCE),
    slopeUpperPerSecond: driftUpperPerSecond(levels, increments, blockMs),
  };
}
