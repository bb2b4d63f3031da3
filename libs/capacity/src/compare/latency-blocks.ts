import type { Answers } from '../answers/answers.ts';
import type { Targets } from '../run-record.ts';
import { setAsideIn } from '../steps/judged-answers.ts';
import type { StepRecord } from '../step-record.ts';
import { bootknife, type Draw } from './resample.ts';

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
 * queues. What a host stall explains is set aside, as in measureStep: the percentiles are of the answers that the run's
 * own are of. Non-overlapping block bootstrap, Carlstein, Ann. Statist. 14 (1986), its blocks drawn by bootknife;
 * percentiles by nearest rank over the weights that the blocks were drawn with.
 * @returns null where the hold has no answers that are judged
 */
export function latencyBlocks(
  record: Pick<StepRecord, 'warmUpMs' | 'holdMs' | 'host' | 'limits'>,
  answers: Answers,
  targets: Targets,
): ((draw: Draw) => ResampledLatency) | null {
  const { warmUpMs, holdMs } = record;
  const isSetAside = setAsideIn(record, targets);
  const blockMs = Math.min(BLOCK_MS, holdMs / BLOCKS_AT_LEAST);
  const rows = Array.from({ length: answers.count }, (_, row) => row).filter((row) => {
    const startMs = answers.intendedMs[row] ?? 0;
    if (startMs < warmUpMs || startMs >= warmUpMs + holdMs) return false;
    return !isSetAside(startMs, answers.latencyMs[row] ?? 0, answers.outcome[row] ?? 0);
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
    for (const block of bootknife(sizes.length, draw)) {
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
