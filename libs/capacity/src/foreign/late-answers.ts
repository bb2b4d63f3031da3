import type { Spread } from './foreign-report.ts';

/** Summaries print times to a tenth of a millisecond: a printed value may be off by half of it. */
const ROUNDING_MS = 0.05;

/** How many of the times may be over a limit, and how many are for certain. */
export interface LateAnswers {
  readonly atLeast: number;
  readonly atMost: number;
}

/**
 * Times over T, bounded from what a summary holds; unlike percentiles such counts may be added over windows (F83).
 * A quantile at or below T has at most n − ⌊q(n − 1)⌋ − 1 times above it, one over T at least n − ⌈qn⌉: both hold for
 * DDSketch's rank, the nearest rank and interpolation alike (Hyndman & Fan, Am. Stat. 50 (1996) 361).
 * @param latencyMs T of the SLO
 */
export function lateAnswers(spread: Spread, latencyMs: number): LateAnswers {
  const { count, maxMs, quantiles, errorRatio, buckets } = spread;
  if (count === 0 || (maxMs !== null && maxMs + ROUNDING_MS <= latencyMs)) return { atLeast: 0, atMost: 0 };
  if (buckets !== null) {
    const over = (edge: 'fromMs' | 'toMs') =>
      buckets.reduce((sum, bucket) => sum + (bucket[edge] > latencyMs ? bucket.count : 0), 0);
    return { atLeast: Math.min(over('fromMs'), count), atMost: Math.min(over('toMs'), count) };
  }
  let atMost = count;
  let atLeast = maxMs !== null && maxMs - ROUNDING_MS > latencyMs ? 1 : 0;
  for (const [ratio, ms] of quantiles) {
    if ((ms + ROUNDING_MS) / (1 - errorRatio) <= latencyMs) {
      atMost = Math.min(atMost, count - Math.floor(ratio * (count - 1)) - 1);
    } else if ((ms - ROUNDING_MS) / (1 + errorRatio) > latencyMs) {
      atLeast = Math.max(atLeast, count - Math.ceil(ratio * count));
    }
  }
  return { atLeast: Math.min(atLeast, atMost), atMost };
}
