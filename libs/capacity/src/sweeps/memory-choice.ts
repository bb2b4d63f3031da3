import { BILLED_ERROR_MS, lambdaUsdPerMillion } from '../cost/lambda-cost.ts';
import { milliseconds, percent } from '../figures.ts';
import { ownMetricsMs, sharedMetricsReason } from '../steps/metrics-window.ts';
import type { MemorySweep } from '../sweep-record.ts';
import type { MemoryStep, MemorySweepPlan } from './memory-sweep.ts';

type MemoryPoint = MemorySweep['points'][number];

/**
 * The cheapest memory size whose p99 upper bound meets T and whose step passes (method, section 6); of those that cost
 * the same, within what a mean duration says of the milliseconds that are billed, the smallest. Also of a sweep that was cut short: sizes without a step are not in it.
 * @param steps of the sweep, oldest first; the last one of a size that proves something speaks for it
 */
export function memoryChoice(steps: readonly MemoryStep[], plan: MemorySweepPlan): MemorySweep {
  const sizes = [...plan.memorySizes].sort((a, b) => a - b);
  const found = sizes.flatMap((memorySize) => {
    const taken = steps.filter(({ step }) => step.record.memorySize === memorySize);
    const chosen = taken.findLast(({ step }) => step.judgement.verdict !== 'inconclusive') ?? taken.at(-1);
    return chosen ? [{ point: pointOf(memorySize, chosen, plan), step: chosen }] : [];
  });
  const points = found.map(({ point }) => point);
  const meeting = points.filter(({ meetsTarget, usdPerMillion }) => meetsTarget && usdPerMillion !== null);
  const cheapest = cheapestOf(meeting);
  return {
    ratePerSecond: plan.ratePerSecond,
    points,
    chosenMemorySize: cheapest?.memorySize ?? null,
    reasons: [
      cheapest
        ? `${cheapest.memorySize} MB is the cheapest of ${meeting.length} sizes whose p99 is at most ${milliseconds(plan.targets.latencyMs)} (95 % bound) at ${plan.ratePerSecond}/s`
        : `no size of ${sizes.join(', ')} MB meets ${milliseconds(plan.targets.latencyMs)} at ${plan.ratePerSecond}/s with a known cost`,
      ...found.flatMap(({ point, step }) => (point.meetsTarget ? [] : [whyNot(point, step, plan)])),
      ...sizes
        .filter((size) => !points.some(({ memorySize }) => memorySize === size))
        .map((size) => `${size} MB was not measured`),
      ...sharedReason(found.map(({ step }) => step)),
      ...flatReason(points),
    ],
  };
}

function pointOf(memorySize: number, { step, p99 }: MemoryStep, plan: MemorySweepPlan): MemoryPoint {
  // A neighbour of another memory size has durations of another size.
  const isOwn = ownMetricsMs(step.record) !== null;
  const durationMeanMs = isOwn ? (step.record.stage?.durationMeanMs ?? null) : null;
  const upper = p99?.p99UpperMs ?? null;
  return {
    memorySize,
    p99Ms: p99?.p99Ms ?? null,
    p99UpperMs: upper,
    durationMeanMs,
    usdPerMillion: durationMeanMs === null ? null : usdPerMillion(memorySize, durationMeanMs),
    meetsTarget: step.judgement.verdict === 'pass' && upper !== null && upper <= plan.targets.latencyMs,
  };
}

/** @param ascending by memory size, each with a cost */
function cheapestOf(ascending: readonly MemoryPoint[]): MemoryPoint | null {
  const most = Math.min(...ascending.map((point) => (point.usdPerMillion ?? 0) + billedErrorUsd(point)));
  return ascending.find((point) => (point.usdPerMillion ?? 0) - billedErrorUsd(point) <= most) ?? null;
}

/** How far a size's cost may be off for the rounding of what is billed, USD per million. */
function billedErrorUsd({ memorySize }: MemoryPoint): number {
  const durationUsd = (ms: number): number => lambdaUsdPerMillion(memorySize, ms).duration;
  return durationUsd(1 + BILLED_ERROR_MS) - durationUsd(1);
}

/** Lambda's part alone (F72): what a memory size changes. */
function usdPerMillion(memorySize: number, durationMeanMs: number): number {
  const { requests, duration } = lambdaUsdPerMillion(memorySize, durationMeanMs);
  return requests + duration;
}

function whyNot(
  { memorySize, p99UpperMs }: MemoryPoint,
  { step }: MemoryStep,
  plan: MemorySweepPlan,
): string {
  const { verdict, reasons } = step.judgement;
  if (verdict !== 'pass') return `${memorySize} MB: ${verdict}: ${reasons[0] ?? 'no reason recorded'}`;
  if (p99UpperMs === null) return `${memorySize} MB: too few answers to bound the p99`;
  return `${memorySize} MB: p99 is at most ${milliseconds(p99UpperMs)} (95 % bound), ${milliseconds(plan.targets.latencyMs)} is wanted`;
}

/** Without durations of their own no size has a cost, and none can be chosen. */
function sharedReason(steps: readonly MemoryStep[]): string[] {
  const shared = steps.map(({ step }) => sharedMetricsReason(step.record)).find((reason) => reason !== null);
  return shared ? [`durations and costs are unknown: ${shared}`] : [];
}

/** Durations that memory does not change are what a stage without a CPU share per memory shows; said, not hidden. */
function flatReason(points: readonly MemoryPoint[]): string[] {
  const durations = points.flatMap(({ durationMeanMs }) => (durationMeanMs === null ? [] : [durationMeanMs]));
  const least = Math.min(...durations);
  const most = Math.max(...durations);
  if (durations.length < 2 || !(least > 0) || most > 1.1 * least) return [];
  return [
    `the mean duration differs by ${percent(most / least - 1)} between the sizes: memory changes nothing here but the price`,
  ];
}
