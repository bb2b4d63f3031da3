/** One of the generators that send a step together: it sends requests `index`, `index` + `count`, … of all. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/** The only one: what a step without other generators is sent by. */
export const WHOLE: Shard = { index: 0, count: 1 };

/** What a shard sends of a schedule that all of them compute alike. */
export function shareOf(schedule: Float64Array, { index, count }: Shard): Float64Array {
  if (count === 1) return schedule;
  const length = Math.max(0, Math.ceil((schedule.length - index) / count));
  return Float64Array.from({ length }, (_, row) => schedule[index + row * count] as number);
}

/** Sequence in the whole step of a shard's own request. @param row from 0 */
export function sequenceOf(row: number, { index, count }: Shard): number {
  return index + row * count;
}
