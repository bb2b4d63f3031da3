/**
 * How many generators to try on this machine, in turn, until they hold the rate: as many as asked for, or else one,
 * and then twice as many each time, with a core left for what is not a generator.
 * @param cores of this machine
 */
export function workerCounts(asked: number | undefined, cores: number): number[] {
  if (asked !== undefined) return [asked];
  const most = Math.max(1, cores - 1);
  const counts: number[] = [];
  for (let count = 1; count < most; count *= 2) counts.push(count);
  return [...counts, most];
}
