// Taken once: in Jest's sandbox each look-up of a global costs more than the arithmetic.
const { imul, log } = Math;

/** Seeded uniform numbers in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = imul(t ^ (t >>> 15), t | 1);
    t ^= t + imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function exponential(random: () => number, mean: number): number {
  return -mean * log(1 - random());
}
