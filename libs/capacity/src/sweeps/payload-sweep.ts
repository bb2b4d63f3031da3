import { writeUnits } from '../aws-rules.ts';
import type { Estimate, JudgedStep } from '../run-record.ts';
import { nextStep, type NextStep } from '../search/search.ts';
import type { SearchSettings } from '../search/search-settings.ts';
import { sharedMetricsReason } from '../steps/metrics-window.ts';
import type { PayloadSweep } from '../sweep-record.ts';
import { payloadPoint, type PayloadSize } from './payload-point.ts';

/** A size starts at this share of what the size below it held: one step that passes, then one that fails. */
const START_RATIO = 0.8;

/** The sweep's brackets are for a curve, not for a limit: wider than the run's is enough. */
const BRACKET_RATIO = 0.25;

/** What a payload sweep measures: every size but the run's own, which discovery has measured already. */
export interface PayloadSweepPlan {
  /** All sizes of the sweep, the run's own included, ascending. */
  readonly sizes: readonly PayloadSize[];
  /** The run's own size, and what discovery found for it. */
  readonly own: { readonly payloadBytes: number; readonly estimate: Estimate };
  /** As in discovery; the sweep sets start, bracket, repeats and budget itself. */
  readonly search: SearchSettings;
  /** Warm-ups and holds of all steps of the sweep together, ms. */
  readonly budgetMs: number;
  /** What the table takes, write units/s (F40): no size starts above it. */
  readonly tableWriteUnitsPerSecond: number;
}

/** What to send next, or the sweep when nothing is left to send. */
export type NextPayloadStep =
  | (Extract<NextStep, { kind: 'measure' }> & { readonly payloadBytes: number })
  | { readonly kind: 'done'; readonly sweep: PayloadSweep };

/**
 * The sizes worth a sweep, with the run's own among them; null where discovery found no rate to start from.
 * @param sizes the sizes asked for and the items they become; the run's own may be among them
 */
export function planPayloadSweep(
  sizes: readonly PayloadSize[],
  own: PayloadSize & { readonly estimate: Estimate },
  settings: Omit<PayloadSweepPlan, 'sizes' | 'own'>,
): PayloadSweepPlan | null {
  if (own.estimate.lowerPerSecond === null) return null;
  const { payloadBytes, itemBytes, estimate } = own;
  const others = sizes.filter((size) => size.payloadBytes !== payloadBytes);
  const bySize = new Map([...others, { payloadBytes, itemBytes }].map((size) => [size.payloadBytes, size]));
  return {
    ...settings,
    sizes: [...bySize.values()].sort((a, b) => a.payloadBytes - b.payloadBytes),
    own: { payloadBytes, estimate },
  };
}

/**
 * The payload sweep as a pure state machine: for each size, smallest first, a search of its own within its share of
 * what is left of the budget. The state is the history, so an interrupted sweep keeps what it found.
 * @param history the run's steps, oldest first; those of discovery speak for the run's own size
 */
export function nextPayloadStep(history: readonly JudgedStep[], plan: PayloadSweepPlan): NextPayloadStep {
  for (const { payloadBytes } of plan.sizes) {
    if (payloadBytes === plan.own.payloadBytes) continue;
    const next = searchOf(history, payloadBytes, plan);
    if (next.kind === 'measure') return { ...next, payloadBytes };
  }
  return { kind: 'done', sweep: payloadSweepOf(history, plan) };
}

/** Rate and write units against size, of the sizes that were measured; also of a sweep that was cut short. */
export function payloadSweepOf(history: readonly JudgedStep[], plan: PayloadSweepPlan): PayloadSweep {
  const points = plan.sizes.flatMap((size) => {
    const steps = stepsOf(history, size.payloadBytes, plan);
    return steps.length === 0
      ? []
      : [payloadPoint(size, steps, estimateOf(history, size.payloadBytes, plan))];
  });
  const reasons = plan.sizes.flatMap(({ payloadBytes }) => reasonsOf(history, payloadBytes, plan));
  const swept = plan.sizes.flatMap(({ payloadBytes }) => stepsOf(history, payloadBytes, plan));
  const shared = swept.map(({ record }) => sharedMetricsReason(record)).find((reason) => reason !== null);
  return { points, reasons: shared ? [...reasons, `write units by rule alone: ${shared}`] : reasons };
}

function stepsOf(history: readonly JudgedStep[], payloadBytes: number, plan: PayloadSweepPlan): JudgedStep[] {
  const purpose = payloadBytes === plan.own.payloadBytes ? 'discovery' : 'payload-sweep';
  return history.filter(({ record }) => record.purpose === purpose && record.payloadBytes === payloadBytes);
}

/** What the search of a size says; a search not yet done says what it would if it ended here. */
function estimateOf(history: readonly JudgedStep[], payloadBytes: number, plan: PayloadSweepPlan): Estimate {
  if (payloadBytes === plan.own.payloadBytes) return plan.own.estimate;
  const next = searchOf(history, payloadBytes, plan);
  if (next.kind === 'done') return next.estimate;
  const ended = nextStep(stepsOf(history, payloadBytes, plan), { ...plan.search, discoveryBudgetMs: 0 });
  if (ended.kind === 'done') return ended.estimate;
  return { conclusive: false, lowerPerSecond: null, upperPerSecond: null, reasons: ['not measured'] };
}

function searchOf(history: readonly JudgedStep[], payloadBytes: number, plan: PayloadSweepPlan): NextStep {
  const wanted = plan.sizes.filter((size) => size.payloadBytes !== plan.own.payloadBytes);
  const index = wanted.findIndex((size) => size.payloadBytes === payloadBytes);
  const before = wanted.slice(0, index).flatMap((size) => stepsOf(history, size.payloadBytes, plan));
  const spentMs = before.reduce((sum, { record }) => sum + record.warmUpMs + record.holdMs, 0);
  return nextStep(stepsOf(history, payloadBytes, plan), {
    ...plan.search,
    startPerSecond: startFor(history, payloadBytes, plan),
    bracketRatio: Math.max(plan.search.bracketRatio, BRACKET_RATIO),
    repeats: 1,
    discoveryBudgetMs: (plan.budgetMs - spentMs) / (wanted.length - index),
  });
}

/** Below what the nearest smaller size held (the run's own for the smallest), and within what the table takes. */
function startFor(history: readonly JudgedStep[], payloadBytes: number, plan: PayloadSweepPlan): number {
  const size = plan.sizes.find((one) => one.payloadBytes === payloadBytes);
  const held = plan.sizes
    .filter((one) => one.payloadBytes < payloadBytes)
    .map((one) => estimateOf(history, one.payloadBytes, plan).lowerPerSecond)
    .findLast((rate) => rate !== null);
  const byTable = plan.tableWriteUnitsPerSecond / writeUnits(size?.itemBytes ?? payloadBytes);
  const start = START_RATIO * Math.min(held ?? plan.own.estimate.lowerPerSecond ?? 1, byTable);
  return Math.min(start, plan.search.maxPerSecond);
}

function reasonsOf(history: readonly JudgedStep[], payloadBytes: number, plan: PayloadSweepPlan): string[] {
  if (stepsOf(history, payloadBytes, plan).length === 0) return [`${payloadBytes} B was not measured`];
  const { conclusive, reasons } = estimateOf(history, payloadBytes, plan);
  return conclusive ? [] : [`${payloadBytes} B is inconclusive: ${reasons.join('; ')}`];
}
