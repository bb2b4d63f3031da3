import type { Stall } from '@spillway/capacity';

/** Stalls seen by several → the spans in which any stood still, apart and in order. */
export function uniteStalls(stalls: readonly Stall[]): Stall[] {
  const united: Stall[] = [];
  for (const stall of [...stalls].sort((a, b) => a.startMs - b.startMs)) {
    const last = united.at(-1);
    if (last !== undefined && stall.startMs <= last.endMs) {
      united[united.length - 1] = { startMs: last.startMs, endMs: Math.max(last.endMs, stall.endMs) };
    } else {
      united.push(stall);
    }
  }
  return united;
}
