import * as z from 'zod';

/** Larger counts are no measurement; below it sums stay exact. */
const COUNT_MAX = 1e12;

/** How often something happened. */
export const count = z.int().nonnegative().max(COUNT_MAX);

/** A time, ms: null, NaN printed as JSON, where there was nothing to summarize. */
export const time = z.number().nonnegative().nullish();

/** Counts by name; says the first that is none, since a damaged file may have millions. */
export const countsByName = z.custom<Record<string, number>>(
  (found) =>
    typeof found === 'object' && found !== null && !Array.isArray(found) && isCounts(Object.values(found)),
  'want counts by name',
);

/** Whether it is a list of counts. */
export function isCounts(found: unknown): boolean {
  return Array.isArray(found) && found.every((value) => count.safeParse(value).success);
}

/** Whether it is a list of times. */
export function isTimes(found: unknown): boolean {
  return Array.isArray(found) && found.every((value) => Number.isFinite(value) && value >= 0);
}
