import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * How far into the generator's cycle a stream starts, in jumps of 2^64 numbers. Streams of one seed never meet:
 * otherwise a long gap would always bring a large payload. None starts at 0: the state there is the bare seed, and
 * the first number of every small seed is just below 1, a first gap of 17 mean ones.
 */
const JUMPS = { arrivals: 1, payload: 2 };

/** Uniform numbers in [0, 1), the same for a seed on every machine. @param seed whole; its lower 32 bits count */
export function uniforms(seed: number, stream: keyof typeof JUMPS): () => number {
  const random = xoroshiro128plus(seed);
  for (let jump = 0; jump < JUMPS[stream]; jump += 1) random.jump();
  return () => uniformFloat64(random);
}

/** Exponential numbers of mean 1, by inversion; 1 − u is in (0, 1], so its logarithm is finite. */
export function exponentials(seed: number): () => number {
  const uniform = uniforms(seed, 'arrivals');
  return () => -Math.log(1 - uniform());
}
