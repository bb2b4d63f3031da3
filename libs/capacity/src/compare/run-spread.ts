import type { ComparedMetric, Spread } from './comparison.ts';
import { mean } from './run-value.ts';

/**
 * What is assumed of the run-to-run spread before any is seen: standard deviations of the logarithm, rounded up from
 * 8 to 12 complete quick runs of one bundle on a shared 2-core machine (0.036, 0.19, 0.067, 0.062 and 0.069).
 */
export const ASSUMED_SD_LOG: Readonly<Record<ComparedMetric, number>> = {
  'latency-p50': 0.05,
  'latency-p99': 0.2,
  'function-duration': 0.07,
  'sustained-rate': 0.07,
  goodput: 0.07,
};

/** The assumption weighs as much as five runs would: other machines are calmer or noisier than that one. */
const ASSUMED_DEGREES = 4;

/** With as much seen as is assumed, an assumption calmer than what is seen has been contradicted, and is dropped. */
const SEEN_ENOUGH_DEGREES = ASSUMED_DEGREES;

/**
 * Spread between runs of one system: the assumed variance and that within each group, weighed by their degrees of
 * freedom. Smyth, Stat. Appl. Genet. Mol. Biol. 3:3 (2004), equation for the moderated variance,
 * s̃² = (d₀s₀² + ds²) / (d₀ + d), which makes Student's t with d₀ + d degrees of freedom hold for few runs. Where runs
 * enough show more than is assumed, theirs alone counts: an assumption must not make noise look like a difference.
 * @param groups values (logarithms) of runs of the same system, group by group
 */
export function spreadOf(metric: ComparedMetric, groups: readonly (readonly number[])[]): Spread {
  const filled = groups.filter((group) => group.length > 0);
  const degreesSeen = filled.reduce((sum, group) => sum + group.length - 1, 0);
  const squares = filled.reduce((sum, group) => {
    const centre = mean(group);
    return sum + group.reduce((within, value) => within + (value - centre) ** 2, 0);
  }, 0);
  const assumed = ASSUMED_SD_LOG[metric] ** 2;
  const isContradicted = degreesSeen >= SEEN_ENOUGH_DEGREES && squares / degreesSeen > assumed;
  const degreesAssumed = isContradicted ? 0 : ASSUMED_DEGREES;
  const degrees = degreesAssumed + degreesSeen;
  return { sdLog: Math.sqrt((degreesAssumed * assumed + squares) / degrees), degrees, degreesSeen };
}
