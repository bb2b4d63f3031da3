import { outcomes, overlapMs, stallWindows, touchesWindow, type Answers } from '../answers/answers.ts';
import { percent } from '../figures.ts';
import type { Estimate, JudgedStep, Targets } from '../run-record.ts';
import { fitUsl } from '../statistics/usl.ts';
import type { UslLevel } from '../statistics/usl-least-squares.ts';
import type { Usl } from '../usl-record.ts';
import { rateOf } from './rate-levels.ts';

const ACKNOWLEDGED = outcomes.indexOf('acknowledged');

/** A step with its answers, which alone say how many requests were in flight. */
export interface AnsweredStep {
  readonly step: JudgedStep;
  readonly answers: Answers;
}

/** What was in flight within a step's hold. */
interface HeldFlow {
  readonly ratePerSecond: number;
  /** The hold without stalled windows. */
  readonly heldMs: number;
  /** Time that requests spent in flight within it. */
  readonly inFlightMs: number;
  /** Acknowledgements that ended within it. */
  readonly acknowledged: number;
  /** Share of the requests in flight that were not acknowledged. */
  readonly otherRatio: number;
}

/**
 * The Universal Scalability Law of a run: one level for each rate of discovery whose steps say something about the
 * stage (not those that the generator, the host or a throttle spoiled), measurements of the same rate taken together.
 * N counts whatever is in flight and X acknowledgements, and Little's law holds for one population only: a step with
 * more than ε of its requests not acknowledged is left out, and named in the warnings or the reason.
 */
export function uslOf(taken: readonly AnsweredStep[], estimate: Estimate | null, targets: Targets): Usl {
  const flows = taken.filter(isOfStage).flatMap((one) => flowOf(one, targets) ?? []);
  const mixed = flows.filter(({ otherRatio }) => otherRatio > targets.errorRatio);
  const byRate = Map.groupBy(
    flows.filter((flow) => !mixed.includes(flow)),
    ({ ratePerSecond }) => ratePerSecond,
  );
  const levels = [...byRate]
    .sort(([a], [b]) => a - b)
    .map(([, held]) => levelOf(held))
    .filter((level) => level !== null);
  const usl = fitUsl(levels, estimate?.lowerPerSecond ?? null);
  const leftOut = mixed.map(
    ({ ratePerSecond, otherRatio }) =>
      `a step at ${ratePerSecond}/s is left out: ${percent(otherRatio)} of its requests were not acknowledged`,
  );
  return usl.kind === 'fitted'
    ? { ...usl, warnings: [...usl.warnings, ...leftOut] }
    : { ...usl, reason: [usl.reason, ...leftOut].join('; ') };
}

function isOfStage({ step: { record, judgement } }: AnsweredStep): boolean {
  const { inconclusive } = judgement;
  const isSpoiled = inconclusive !== null && ['generator', 'host', 'throttled'].includes(inconclusive);
  return record.purpose === 'discovery' && !isSpoiled;
}

/** What was in flight within the hold of a step; stalled windows are left out. Null for a burst. */
function flowOf({ step, answers }: AnsweredStep, targets: Targets): HeldFlow | null {
  const ratePerSecond = rateOf(step);
  if (ratePerSecond === null) return null;
  const { record } = step;
  const windows = stallWindows(record.host.stalls, targets.latencyMs);
  const fromMs = record.warmUpMs;
  const toMs = fromMs + record.holdMs;
  let inFlightMs = 0;
  let acknowledged = 0;
  let met = 0;
  let others = 0;
  for (let row = 0; row < answers.count; row += 1) {
    const startMs = answers.intendedMs[row] ?? 0;
    const endMs = startMs + (answers.latencyMs[row] ?? 0);
    const isAcknowledged = answers.outcome[row] === ACKNOWLEDGED;
    const [firstMs, lastMs] = [Math.max(fromMs, startMs), Math.min(toMs, endMs)];
    if (lastMs > firstMs) {
      inFlightMs += lastMs - firstMs - overlapMs(windows, firstMs, lastMs);
      met += 1;
      if (!isAcknowledged) others += 1;
    }
    const endsWithin = endMs >= fromMs && endMs < toMs && !touchesWindow(windows, endMs, endMs);
    if (endsWithin && isAcknowledged) acknowledged += 1;
  }
  const heldMs = record.holdMs - overlapMs(windows, fromMs, toMs);
  return { ratePerSecond, heldMs, inFlightMs, acknowledged, otherRatio: met === 0 ? 0 : others / met };
}

/**
 * N and X over the holds of a rate: N is the time that requests spent in flight / the holds' length, which is X·R by
 * Little's law and needs no steady state; X are the acknowledgements. Null where nothing was answered.
 */
function levelOf(flows: readonly HeldFlow[]): UslLevel | null {
  const sum = (of: (flow: HeldFlow) => number) => flows.reduce((total, flow) => total + of(flow), 0);
  const heldMs = sum((flow) => flow.heldMs);
  const inFlightMs = sum((flow) => flow.inFlightMs);
  const acknowledged = sum((flow) => flow.acknowledged);
  if (heldMs <= 0 || inFlightMs <= 0 || acknowledged === 0) return null;
  return [inFlightMs / heldMs, (1000 * acknowledged) / heldMs];
}
