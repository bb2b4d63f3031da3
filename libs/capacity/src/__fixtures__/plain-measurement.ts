import { outcomes, stallWindows, type Answers, type Outcome } from '../answers/answers.ts';
import type { Measurement, Targets } from '../run-record.ts';
import { batchMsOf, effectiveSamples } from '../statistics/batch-means.ts';
import { ratioLowerBound, ratioUpperBound } from '../statistics/bounds.ts';
import { driftUpperPerSecond, isDriftPositive } from '../statistics/drift.ts';
import { percentile } from '../statistics/percentile.ts';
import { isRising, theilSenSlopePerSecond } from '../statistics/theil-sen.ts';
import { inFlightOver } from '../steps/in-flight.ts';
import type { Stall, StepRecord } from '../step-record.ts';

/** One answer as a row; what `measureStep` avoids. */
interface Row {
  readonly startMs: number;
  readonly endMs: number;
  readonly latencyMs: number;
  readonly latenessMs: number;
  readonly outcome: Outcome;
}

/** `measureStep` as one would write it down from the method: rows, filters, sorted values, every window looked at. */
export function plainMeasurement(record: StepRecord, answers: Answers, targets: Targets): Measurement {
  const T = targets.latencyMs;
  const isBurst = record.arrivals.kind === 'burst';
  const fromMs = record.warmUpMs;
  const toMs = fromMs + record.holdMs;
  const windows = stallWindows(record.host.stalls, T);
  const rows = rowsOf(answers);
  const inHold = rows.filter(({ startMs }) => startMs >= fromMs && (isBurst || startMs < toMs));
  const isExplained = ({ startMs, endMs, latencyMs, outcome }: Row): boolean =>
    touches(windows, startMs, endMs) &&
    latencyMs - overlap(windows, startMs, endMs) <= T &&
    !(record.limits === 'lifted' && outcome === 'throttled');
  const judged = inHold.filter((row) => !isExplained(row));
  const isGood = ({ outcome, latencyMs }: Row): boolean => outcome === 'acknowledged' && latencyMs <= T;
  const isGoodSinceSend = ({ outcome, latencyMs, latenessMs }: Row): boolean =>
    outcome === 'acknowledged' && latencyMs - latenessMs <= T;
  const bad = judged.filter((row) => !isGood(row)).length;
  const badSinceSend = judged.filter((row) => !isGoodSinceSend(row)).length;
  const effective = isBurst
    ? judged.length
    : effectiveSamples(
        Float64Array.from(judged, ({ startMs }) => startMs),
        Uint8Array.from(judged, (row) => (isGood(row) ? 0 : 1)),
        fromMs,
        batchMsOf(record.holdMs),
      );
  const worth = judged.length === 0 ? 0 : effective / judged.length;
  const count = (outcome: Outcome): number => judged.filter((row) => row.outcome === outcome).length;

  const left = isBurst ? [] : windows;
  const isCounted = (atMs: number): boolean => atMs >= fromMs && atMs < toMs && !touches(left, atMs, atMs);
  const seconds = (record.holdMs - overlap(left, fromMs, toMs)) / 1000;
  const perSecond = (some: readonly unknown[]): number => (seconds > 0 ? some.length / seconds : 0);
  const { levels, increments, blockMs } = isBurst
    ? { levels: [], increments: [], blockMs: 1 }
    : inFlightOver(answers, fromMs, toMs, windows);
  const slope = theilSenSlopePerSecond(levels);

  const latencies = Float64Array.from(judged, ({ latencyMs }) => latencyMs).sort();
  const latenesses = Float64Array.from(judged, ({ latenessMs }) => latenessMs).sort();
  return {
    offeredPerSecond: perSecond(rows.filter(({ startMs }) => isCounted(startMs))),
    goodputPerSecond: perSecond(rows.filter((row) => isGood(row) && isCounted(row.endMs))),
    judged: judged.length,
    setAside: inHold.length - judged.length,
    outcomes: {
      acknowledged: count('acknowledged'),
      refused: count('refused'),
      throttled: count('throttled'),
      failed: count('failed'),
      timeout: count('timeout'),
      connectionError: count('connection-error'),
    },
    slow: judged.filter((row) => row.outcome === 'acknowledged' && row.latencyMs > T).length,
    bad,
    badRatio: judged.length === 0 ? 0 : bad / judged.length,
    badRatioLower: ratioLowerBound(bad * worth, effective),
    badRatioUpper: ratioUpperBound(bad * worth, effective),
    effectiveSamples: effective,
    latencyMs:
      latencies.length === 0
        ? null
        : {
            p50: percentile(latencies, 0.5),
            p90: percentile(latencies, 0.9),
            p99: percentile(latencies, 0.99),
            p999: percentile(latencies, 0.999),
            max: percentile(latencies, 1),
          },
    inFlightSlopePerSecond: slope,
    inFlightGrows: slope > 0 && isRising(levels) && isDriftPositive(increments, 0.8),
    inFlightSlopeUpperPerSecond: driftUpperPerSecond(levels, increments, blockMs),
    latenessP99Ms: latenesses.length === 0 ? 0 : percentile(latenesses, 0.99),
    badRatioLowerSinceSend: ratioLowerBound(badSinceSend * worth, effective),
  };
}

function rowsOf(answers: Answers): Row[] {
  return Array.from({ length: answers.count }, (_, row) => {
    const startMs = answers.intendedMs[row] ?? Number.NaN;
    const latencyMs = answers.latencyMs[row] ?? Number.NaN;
    const latenessMs = answers.latenessMs[row] ?? Number.NaN;
    const outcome = outcomes[answers.outcome[row] ?? -1] ?? 'connection-error';
    return { startMs, endMs: startMs + latencyMs, latencyMs, latenessMs, outcome };
  });
}

/** How much of a span lies in windows, ms; every window is looked at. */
export function overlap(windows: readonly Stall[], fromMs: number, toMs: number): number {
  return windows
    .map(({ startMs, endMs }) => Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, startMs)))
    .reduce((sum, ms) => sum + ms, 0);
}

/** Whether a span touches any window; every window is looked at. */
export function touches(windows: readonly Stall[], fromMs: number, toMs: number): boolean {
  return windows.some(({ startMs, endMs }) => startMs <= toMs && endMs > fromMs);
}
