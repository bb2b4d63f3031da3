import type { Answers } from '../answers/answers.ts';
import type { StepRecord } from '../step-record.ts';
import type { Draw } from './resample.ts';

/** Answers of one second share their fate; a short hold has shorter blocks, so that there are ten. */
const BLOCK_MS = 1000;
const BLOCKS_AT_LEAST = 10;

/** More answers than this are thinned, evenly over the sorted latencies: the percentiles stay where they are. */
const LATENCIES_AT_MOST = 20_000;

/** Percentiles of a block resample, ms. */
export interface ResampledLatency {
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * A step's latencies, ready to be resampled block by block of time: neighbours stay together, because they share
 * queues. Non-overlapping block bootstrap, Carlstein, Ann. Statist. 14 (1986); percentiles by nearest rank over the
 * weights that the blocks were drawn with.
 * @returns null where the hold has no answers
 */
export function latencyBlocks(
  { warmUpMs, holdMs }: Pick<StepRecord, 'warmUpMs' | 'holdMs'>,
  answers: Answers,
): ((draw: Draw) => ResampledLatency) | null {
  const blockMs = Math.min(BLOCK_MS, holdMs / BLOCKS_AT_LEAST);
  const rows = Array.from({ length: answers.count }, (_, row) => row).filter((row) => {
    const atMs = (answers.intendedMs[row] ?? 0) - warmUpMs;
    return atMs >= 0 && atMs < holdMs;
  });
  rows.sort((one, other) => (answers.latencyMs[one] ?? 0) - (answers.latencyMs[other] ?? 0));
  const every = Math.ceil(rows.length / LATENCIES_AT_MOST);
  const kept = rows.filter((_, index) => index % every === Math.floor(every / 2));
  if (kept.length === 0) return null;
  const latencies = Float64Array.from(kept, (row) => answers.latencyMs[row] ?? 0);
  const { blocks, sizes } = blocksOf(
    kept.map((row) => Math.floor(((answers.intendedMs[row] ?? 0) - warmUpMs) / blockMs)),
  );
  const weights = new Uint32Array(sizes.length);
  return (draw) => {
    weights.fill(0);
    let total = 0;
    for (let drawn = 0; drawn < sizes.length; drawn += 1) {
      const block = draw(sizes.length);
      weights[block] = (weights[block] ?? 0) + 1;
      total += sizes[block] ?? 0;
    }
    return weightedPercentiles(latencies, blocks, weights, total);
  };
}

/** Block of each latency, numbered from 0 without gaps, and how many latencies each has. */
function blocksOf(keys: readonly number[]): { blocks: Uint16Array; sizes: number[] } {
  const numbers = new Map<number, number>();
  const sizes: number[] = [];
  const blocks = Uint16Array.from(keys, (key) => {
    const block = numbers.get(key) ?? numbers.size;
    numbers.set(key, block);
    sizes[block] = (sizes[block] ?? 0) + 1;
    return block;
  });
  return { blocks, sizes };
}

function weightedPercentiles(
  ascending: Float64Array,
  blocks: Uint16Array,
  weights: Uint32Array,
  total: number,
): ResampledLatency {
  const middle = Math.ceil(0.5 * total - 1e-9);
  const tail = Math.ceil(0.99 * total - 1e-9);
  let passed = 0;
  let p50Ms = 0;
  for (let index = 0; index < ascending.length; index += 1) {
    const before = passed;
    passed += weights[blocks[index] ?? 0] ?? 0;
    if (before < middle && passed >= middle) p50Ms = ascending[index] ?? 0;
    if (passed >= tail) return { p50Ms, p99Ms: ascending[index] ?? 0 };
  }
  return { p50Ms, p99Ms: ascending.at(-1) ?? 0 };
}
