import { outcomes, type Answers, type Outcome } from '../answers/answers.ts';

/** What becomes of a request as a chart over time tells it apart: an answer after the SLO's T is late, not good. */
export type TimedOutcome = 'good' | 'late' | Exclude<Outcome, 'acknowledged'>;

/** All of them, from the one that is wanted to the one that is worst known. */
export const timedOutcomes = [
  'good',
  'late',
  'refused',
  'throttled',
  'failed',
  'timeout',
  'connection-error',
] as const satisfies readonly TimedOutcome[];

/** The requests that were due within one bin. */
export interface OutcomeBin {
  /** Start of the bin on the clock of the steps' `startMs`, a multiple of the bin's length. */
  readonly startMs: number;
  readonly counts: Readonly<Record<TimedOutcome, number>>;
}

/** Answers of one step and when it began, ms on a clock that all steps share. */
export interface StartedAnswers {
  readonly startMs: number;
  readonly answers: Answers;
}

/**
 * Counts of outcomes over time, by the instant each request was due: a request is in exactly one bin, so that bins
 * sum to what was sent. Bins without requests are left out; the others ascend. Warm-ups and stalls are contained.
 * @param binMs > 0
 * @param latencyMs the SLO's T: acknowledged later than this is late
 */
export function outcomesOverTime(
  steps: readonly StartedAnswers[],
  binMs: number,
  latencyMs: number,
): OutcomeBin[] {
  const bins = new Map<number, Record<TimedOutcome, number>>();
  for (const { startMs, answers } of steps) {
    for (let row = 0; row < answers.count; row += 1) {
      const index = Math.floor((startMs + (answers.intendedMs[row] ?? Number.NaN)) / binMs);
      let counts = bins.get(index);
      if (counts === undefined) {
        counts = noCounts();
        bins.set(index, counts);
      }
      counts[outcomeOf(answers, row, latencyMs)] += 1;
    }
  }
  return [...bins]
    .filter(([index]) => Number.isFinite(index))
    .sort(([a], [b]) => a - b)
    .map(([index, counts]) => ({ startMs: index * binMs, counts }));
}

function outcomeOf(answers: Answers, row: number, latencyMs: number): TimedOutcome {
  const outcome = outcomes[answers.outcome[row] ?? -1] ?? 'connection-error';
  if (outcome !== 'acknowledged') return outcome;
  return (answers.latencyMs[row] ?? Number.NaN) <= latencyMs ? 'good' : 'late';
}

function noCounts(): Record<TimedOutcome, number> {
  return { good: 0, late: 0, refused: 0, throttled: 0, failed: 0, timeout: 0, 'connection-error': 0 };
}
