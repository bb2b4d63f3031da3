import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/**
 * What is drawn, each from a stream of its own, 2^64 numbers apart: so that the same seed brings the same arrivals and
 * the same service times whatever the limits are, and two configurations are compared under the same load.
 */
const STREAMS = ['arrivals', 'service', 'clients', 'client-back-off', 'keys', 'sdk-back-off'] as const;
export type RandomStream = (typeof STREAMS)[number];

/** Uniform numbers in [0, 1), the same for a seed on every machine. @param seed whole; its lower 32 bits count */
export function uniforms(seed: number, stream: RandomStream): () => number {
  const random = xoroshiro128plus(seed);
  // None starts at jump 0: the state there is the bare seed, and its first numbers are all near 1.
  for (let jump = 0; jump <= STREAMS.indexOf(stream); jump += 1) random.jump();
  return () => uniformFloat64(random);
}

const { log } = Math;

/** A number of mean 1 from an exponential distribution, by inversion; 1 − u is in (0, 1], so its logarithm is finite. */
export function exponential(uniform: () => number): number {
  return -log(1 - uniform());
}
