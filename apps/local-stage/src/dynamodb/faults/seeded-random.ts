/** Draws from [0, 1). */
export type Random = () => number;

/**
 * A sequence that a seed decides, so that a run can be repeated: mulberry32 (Tommy Ettinger, public domain).
 * Eight lines that nobody's security rests on; `Math.random` can't be seeded.
 * @param seed any integer; its lower 32 bits count
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
