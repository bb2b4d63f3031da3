import { outcomes, type Answers } from '../answers/answers.ts';
import type { Targets } from '../run-record.ts';
import { batchMsOf, effectiveSamples } from '../statistics/batch-means.ts';
import { percentileUpperRank, ratioUpperBound } from '../statistics/bounds.ts';
import { percentile } from '../statistics/percentile.ts';
import { setAsideIn } from '../steps/judged-answers.ts';
import type { StepRecord } from '../step-record.ts';

const RATIO = 0.99;
const ACKNOWLEDGED = outcomes.indexOf('acknowledged');

/** p99 of a step's latencies with its 95 % upper bound, ms; no bound where too few answers were judged. */
export interface LatencyP99 {
  readonly p99Ms: number;
  readonly p99UpperMs: number | null;
}

/**
 * p99 over the hold by order statistics (Hahn & Meeker 1991, 5.2), at the effective n: answers above the p99 come in
 * clumps. Where these leave too few for a bound, T is one if at most 1 % are proven to be slower than T. An answer that
 * is no acknowledgement counts as slow as the step's horizon, whenever it came. Answers that a host stall explains are
 * set aside, as in measureStep. Null where none is left.
 */
export function latencyP99(record: StepRecord, answers: Answers, targets: Targets): LatencyP99 | null {
  const isSetAside = setAsideIn(record, targets);
  const endMs = record.warmUpMs + record.holdMs;
  const instants: number[] = [];
  const latencies: number[] = [];
  for (let row = 0; row < answers.count; row += 1) {
    const atMs = answers.intendedMs[row] ?? 0;
    const latencyMs = answers.latencyMs[row] ?? 0;
    const outcome = answers.outcome[row] ?? 0;
    if (atMs < record.warmUpMs || atMs >= endMs || isSetAside(atMs, latencyMs, outcome)) continue;
    instants.push(atMs);
    latencies.push(outcome === ACKNOWLEDGED ? latencyMs : record.horizonMs);
  }
  if (latencies.length === 0) return null;
  const ascending = Float64Array.from(latencies).sort();
  const p99Ms = percentile(ascending, RATIO);
  const effectiveAt = (thresholdMs: number): number => {
    const isAbove = Uint8Array.from(latencies, (latencyMs) => (latencyMs > thresholdMs ? 1 : 0));
    return effectiveSamples(Float64Array.from(instants), isAbove, record.warmUpMs, batchMsOf(record.holdMs));
  };
  const effective = Math.floor(effectiveAt(p99Ms));
  const rank = percentileUpperRank(RATIO, effective);
  if (rank === null) {
    const slowRatio = latencies.filter((ms) => ms > targets.latencyMs).length / latencies.length;
    const samples = effectiveAt(targets.latencyMs);
    const isWithin = ratioUpperBound(slowRatio * samples, samples) <= 1 - RATIO;
    return { p99Ms, p99UpperMs: isWithin ? targets.latencyMs : null };
  }
  const position = Math.min(ascending.length, Math.ceil((rank / effective) * ascending.length));
  return { p99Ms, p99UpperMs: ascending[position - 1] ?? null };
}
