import type { JudgedStep, Targets } from '../run-record.ts';
import { CONFIDENCE, samplesForNoneBad } from '../statistics/bounds.ts';
import type { MemorySweep } from '../sweep-record.ts';
import { memoryChoice } from './memory-choice.ts';
import type { LatencyP99 } from './latency-p99.ts';

/** A size that proves nothing is measured again, for twice as long. */
const TRIES = 2;

/** Samples beyond the least that bounds a p99, so that one slow answer does not decide a size. */
const SAMPLES_FACTOR = 3;

/** The same load at several memory sizes. */
export interface MemorySweepPlan {
  /** MB, ascending. */
  readonly memorySizes: readonly number[];
  /** The load, requests/s: the rate limit that the run proposes. */
  readonly ratePerSecond: number;
  readonly warmUpMs: number;
  readonly holdMs: number;
  readonly targets: Targets;
}

/** A step of the sweep (its record says the memory size) with the p99 of its answers, by `latencyP99`. */
export interface MemoryStep {
  readonly step: JudgedStep;
  readonly p99: LatencyP99 | null;
}

/** What to measure next, or the sweep when nothing is left to measure. */
export type NextMemoryStep =
  | {
      readonly kind: 'measure';
      /** MB: set it, wait until it is in force, then send. */
      readonly memorySize: number;
      readonly ratePerSecond: number;
      readonly warmUpMs: number;
      readonly holdMs: number;
    }
  | { readonly kind: 'done'; readonly sweep: MemorySweep };

/** MB worth trying: doubling from Lambda's least to one vCPU (1,769 MB, F37), and one size beyond it. */
export const MEMORY_SIZES = [128, 256, 512, 1024, 1769, 3008] as const;

/**
 * The memory sweep as a pure state machine (method, section 6): each size once, largest first, because a size that
 * fails leaves a backlog to the next; a size that proves nothing, or whose p99 has no bound, once more and for twice as
 * long.
 * @param history steps of the sweep so far
 */
export function nextMemoryStep(history: readonly MemoryStep[], plan: MemorySweepPlan): NextMemoryStep {
  const holdMs = Math.max(
    plan.holdMs,
    (1000 * SAMPLES_FACTOR * samplesForNoneBad(0.01, CONFIDENCE)) / plan.ratePerSecond,
  );
  for (const memorySize of [...plan.memorySizes].sort((a, b) => b - a)) {
    const taken = history.filter(({ step }) => step.record.memorySize === memorySize);
    const isSettled = taken.some(
      ({ step: { judgement }, p99 }) =>
        judgement.verdict === 'fail' || (judgement.verdict === 'pass' && (p99?.p99UpperMs ?? null) !== null),
    );
    if (isSettled || taken.length >= TRIES) continue;
    const { ratePerSecond, warmUpMs } = plan;
    return {
      kind: 'measure',
      memorySize,
      ratePerSecond,
      warmUpMs,
      holdMs: Math.ceil(holdMs * 2 ** taken.length),
    };
  }
  return { kind: 'done', sweep: memoryChoice(history, plan) };
}
