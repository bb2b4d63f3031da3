import type { JudgedStep, Targets } from '../run-record.ts';
import { stepsByRate } from './common-rates.ts';
import type { ComparedMetric, RunEvidence } from './comparison.ts';
import { latencyBlocks } from './latency-blocks.ts';
import { bootknife, type Draw } from './resample.ts';
import { logBracket, mean, rateValue, runValue, type RateMetric } from './run-value.ts';

/** Steps of the bracket's width that a draw within it can hit. */
const BRACKET_STEPS = 1 << 20;

/** A run's metric, resampled within the run, as a natural logarithm. @param picked indices of the rates that count */
export type ResampledRun = (picked: readonly number[], draw: Draw) => number;

/**
 * How a run's metric might have come out of the same run: a rate's latencies by blocks of its seconds, its duration by
 * the stage's metric periods, λ* anywhere in its bracket. Without answers, latencies stay as they were measured.
 */
export function resampledRun(
  metric: ComparedMetric,
  { run, answers }: RunEvidence,
  rates: readonly number[],
): ResampledRun {
  const measured = runValue(metric, run, rates) ?? 0;
  if (metric === 'goodput') return () => measured;
  if (metric === 'sustained-rate') {
    const { lower, upper } = logBracket(run) ?? { lower: measured, upper: measured };
    return (_picked, draw) => lower + ((upper - lower) * draw(BRACKET_STEPS)) / BRACKET_STEPS;
  }
  const steps = stepsByRate(run);
  const resamplers = rates.map((rate) => {
    const step = steps.get(rate);
    const resampler = step && resampledRate(metric, step, answers, run.targets);
    const value = rateValue(metric, run, rate) ?? 0;
    return resampler ?? (() => value);
  });
  return (picked, draw) => mean(picked.map((index) => resamplers[index]?.(draw) ?? 0));
}

function resampledRate(
  metric: RateMetric,
  { record }: JudgedStep,
  answers: RunEvidence['answers'],
  targets: Targets,
): ((draw: Draw) => number) | null {
  if (metric === 'function-duration') return resampledDuration(record.stage?.durationBatches ?? []);
  const given = answers.get(record.name);
  const blocks = given ? latencyBlocks(record, given, targets) : null;
  if (blocks === null) return null;
  return (draw) => {
    const { p50Ms, p99Ms } = blocks(draw);
    return Math.log(metric === 'latency-p50' ? p50Ms : p99Ms);
  };
}

function resampledDuration(
  batches: readonly (readonly [meanMs: number, count: number, ...unknown: unknown[]])[],
): ((draw: Draw) => number) | null {
  const filled = batches.filter(([meanMs, count]) => meanMs > 0 && count > 0);
  if (filled.length === 0) return null;
  return (draw) => {
    let totalMs = 0;
    let count = 0;
    for (const batch of bootknife(filled.length, draw)) {
      const [meanMs, invocations] = filled[batch] ?? [0, 0];
      totalMs += meanMs * invocations;
      count += invocations;
    }
    return Math.log(totalMs / count);
  };
}
