/** Bounds of neighbouring bins differ by this factor, so that a bin's middle is within 1 % of its values. */
const GAMMA = 1.02;
const LOG_GAMMA = Math.log(GAMMA);

/** Below this a value counts as zero. */
const SMALLEST = 1e-6;

/** Bin of a value; null for zero. */
export function binOf(value: number): number | null {
  return value < SMALLEST ? null : Math.ceil(Math.log(value) / LOG_GAMMA);
}

/** Middle of a bin, within 1 % of everything in it (DDSketch, Masson et al., VLDB 2019). */
export function valueOf(bin: number): number {
  return (2 * GAMMA ** bin) / (1 + GAMMA);
}

/** Counts by bin, as an array of bin, count, bin, count: a filled second takes no more room than it needs. */
export type PackedBins = Int32Array;

/** Packs the bins of a second that is over. */
export function packBins(bins: ReadonlyMap<number, number>): PackedBins {
  const packed = new Int32Array(bins.size * 2);
  let index = 0;
  for (const [bin, count] of bins) {
    packed[index++] = bin;
    packed[index++] = count;
  }
  return packed;
}

/**
 * The value below which the given share of all values lies.
 * @param ratio 0–1
 * @param count of all values, zeros included
 */
export function quantile(ratio: number, count: number, bins: ReadonlyMap<number, number>): number {
  const rank = Math.max(1, Math.ceil(ratio * count));
  let above = count;
  for (const inBin of bins.values()) above -= inBin;
  // What is left are the zeros, and they come first.
  if (rank <= above) return 0;
  let below = above;
  for (const bin of [...bins.keys()].sort((a, b) => a - b)) {
    below += bins.get(bin) ?? 0;
    if (below >= rank) return valueOf(bin);
  }
  return 0;
}

/** How many values are above the given one; those within 1 % of it may be counted or not. */
export function countAbove(value: number, bins: ReadonlyMap<number, number>): number {
  let above = 0;
  for (const [bin, count] of bins) if (valueOf(bin) > value) above += count;
  return above;
}
