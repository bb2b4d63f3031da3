import { outcomes, overlapMs, stallWindows, touchesWindow, type Answers } from '../answers/answers.ts';
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

/**
 * The Universal Scalability Law of a run: one level for each rate of discovery whose steps say something about the
 * stage (not those that the generator, the host or a throttle spoiled), measurements of the same rate taken together.
 */
export function uslOf(taken: readonly AnsweredStep[], estimate: Estimate | null, targets: Targets): Usl {
  const byRate = new Map<number, AnsweredStep[]>();
  for (const one of taken) {
    const rate = rateOf(one.step);
    const { inconclusive } = one.step.judgement;
    const isSpoiled = inconclusive !== null && ['generator', 'host', 'throttled'].includes(inconclusive);
    if (one.step.record.purpose !== 'discovery' || rate === null || isSpoiled) continue;
    byRate.set(rate, [...(byRate.get(rate) ?? []), one]);
  }
  const levels = [...byRate]
    .sort(([a], [b]) => a - b)
    .map(([, steps]) => levelOf(steps, targets))
    .filter((level) => level !== null);
  return fitUsl(levels, estimate?.lowerPerSecond ?? null);
}

/**
 * N and X over the holds of the steps: N is the time that requests spent in flight within the holds / their length,
 * which is X·R by Little's law and needs no steady state; X are the acknowledgements that ended within them.
 * Stalled windows are left out of both. Null where nothing was answered.
 */
function levelOf(steps: readonly AnsweredStep[], targets: Targets): UslLevel | null {
  let heldMs = 0;
  let inFlightMs = 0;
  let acknowledged = 0;
  for (const { step, answers } of steps) {
    const { record } = step;
    const windows = stallWindows(record.host.stalls, targets.latencyMs);
    const fromMs = record.warmUpMs;
    const toMs = fromMs + record.holdMs;
    heldMs += record.holdMs - overlapMs(windows, fromMs, toMs);
    for (let row = 0; row < answers.count; row += 1) {
      const startMs = answers.intendedMs[row] ?? 0;
      const endMs = startMs + (answers.latencyMs[row] ?? 0);
      const withinMs = Math.min(toMs, endMs) - Math.max(fromMs, startMs);
      if (withinMs > 0) {
        inFlightMs += withinMs - overlapMs(windows, Math.max(fromMs, startMs), Math.min(toMs, endMs));
      }
      const endsWithin = endMs >= fromMs && endMs < toMs && !touchesWindow(windows, endMs, endMs);
      if (endsWithin && answers.outcome[row] === ACKNOWLEDGED) acknowledged += 1;
    }
  }
  if (heldMs <= 0 || inFlightMs <= 0 || acknowledged === 0) return null;
  return [inFlightMs / heldMs, (1000 * acknowledged) / heldMs];
}
