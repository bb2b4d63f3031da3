import type { Targets } from '../run-record.ts';

/** How the search looks; times in ms, rates in requests/s. */
export interface SearchSettings {
  /** First rate of the staircase; it goes down from there if that fails. */
  readonly startPerSecond: number;
  /** Highest rate worth trying: the quota, or half of what the generator was calibrated for. */
  readonly maxPerSecond: number;
  /** Span of a bisection step; a staircase step holds half, the confirmation of the lower end twice as long. */
  readonly holdMs: number;
  readonly warmUpMs: number;
  /** The bracket is narrow enough when upper ≤ lower × (1 + this). */
  readonly bracketRatio: number;
  /** Measurements of the lower end; it gets two even where this is 1. */
  readonly repeats: number;
  /** Warm-ups and holds of all discovery steps together. */
  readonly discoveryBudgetMs: number;
  readonly targets: Targets;
  /** A wider bracket is reported but not conclusive. @default 0.3, or bracketRatio where that is more */
  readonly maximumBracketRatio?: number;
  /** @default 60 */
  readonly maximumSteps?: number;
}
