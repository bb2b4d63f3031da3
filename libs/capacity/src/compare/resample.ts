import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Whole numbers in [0, below), the same for a seed on every machine. */
export type Draw = (below: number) => number;

/** @param seed whole; its lower 32 bits count */
export function drawsOf(seed: number): Draw {
  const random = xoroshiro128plus(seed);
  random.jump();
  return (below) => uniformInt(random, 0, below - 1);
}

/**
 * Indices of a bootknife sample: one item is left out, and as many as there were are drawn with replacement from the
 * rest. Its variance is that of the n − 1 formula, where the plain bootstrap's is too small by (n − 1) / n: half, for
 * two runs. Hesterberg, Proc. ASA Section on Statistics and the Environment (2004), 2924–2930.
 * A single item is drawn as it is.
 */
export function bootknife(count: number, draw: Draw): number[] {
  if (count < 2) return Array.from({ length: count }, (_, index) => index);
  const left = draw(count);
  return Array.from({ length: count }, () => {
    const index = draw(count - 1);
    return index < left ? index : index + 1;
  });
}

/** Variance of a statistic over replicates, n − 1. */
export function varianceOver(replicates: number, statistic: () => number): number {
  let centre = 0;
  let squares = 0;
  for (let count = 1; count <= replicates; count += 1) {
    // Welford, Technometrics 4 (1962): one pass, without the cancellation of sums of squares.
    const value = statistic();
    const fromOld = value - centre;
    centre += fromOld / count;
    squares += fromOld * (value - centre);
  }
  return squares / (replicates - 1);
}
