import type { Answers } from '../answers/answers.ts';
import { percentile } from '../statistics/percentile.ts';
import { latencyBlocks } from './latency-blocks.ts';
import { drawsOf, varianceOver } from './resample.ts';

const mice = [94, 197, 16, 38, 99, 141, 23];

function answersOf(latencies: readonly number[], everyMs: number): Answers {
  const count = latencies.length;
  return {
    count,
    intendedMs: Float64Array.from(latencies, (_, row) => row * everyMs),
    latenessMs: new Float64Array(count),
    latencyMs: Float64Array.from(latencies),
    outcome: new Uint8Array(count),
    status: new Uint16Array(count).fill(200),
  };
}

describe('latencyBlocks', () => {
  it('gives the published standard error of a median, 37.83 (Efron & Tibshirani 1993, table 2.1)', () => {
    const resample = latencyBlocks({ warmUpMs: 0, holdMs: 7000 }, answersOf(mice, 700))!;
    const draw = drawsOf(1);
    const error = Math.sqrt(varianceOver(40_000, () => resample(draw).p50Ms));
    expect(Math.abs(error / 37.83 - 1)).toBeLessThan(0.015);
  });

  it('draws the percentiles of the answers where all blocks are alike', () => {
    const block = Array.from({ length: 100 }, (_, row) => row + 1);
    const latencies = Array.from({ length: 10 }, () => block).flat();
    const resample = latencyBlocks({ warmUpMs: 0, holdMs: 10_000 }, answersOf(latencies, 10))!;
    expect(resample(drawsOf(2))).toEqual({
      p50Ms: percentile(block, 0.5),
      p99Ms: percentile(block, 0.99),
    });
  });

  it('sees more noise where neighbours share their fate', () => {
    const draw = drawsOf(3);
    const values = Array.from({ length: 1000 }, () => draw(1000));
    const errorOf = (latencies: readonly number[]) => {
      const resample = latencyBlocks({ warmUpMs: 0, holdMs: 10_000 }, answersOf(latencies, 10))!;
      return Math.sqrt(varianceOver(500, () => resample(draw).p50Ms));
    };
    // Sorted, each block of a second has latencies of its own.
    expect(errorOf(values.toSorted((a, b) => a - b))).toBeGreaterThan(4 * errorOf(values));
  });

  it('leaves out the warm-up and what comes after the hold', () => {
    const resample = latencyBlocks({ warmUpMs: 10, holdMs: 10 }, answersOf([900, 1, 900], 10))!;
    expect(resample(drawsOf(4))).toEqual({ p50Ms: 1, p99Ms: 1 });
    expect(latencyBlocks({ warmUpMs: 100, holdMs: 10 }, answersOf([1], 10))).toBeNull();
  });

  it('keeps the percentiles of a step too long to keep whole', () => {
    const draw = drawsOf(5);
    const latencies = Array.from({ length: 90_001 }, () => draw(100_000));
    const resample = latencyBlocks({ warmUpMs: 0, holdMs: 90_001 }, answersOf(latencies, 1))!;
    const ascending = latencies.toSorted((a, b) => a - b);
    const medians = Array.from({ length: 50 }, () => resample(draw).p50Ms);
    const middle = medians.reduce((sum, value) => sum + value, 0) / medians.length;
    expect(Math.abs(middle / percentile(ascending, 0.5) - 1)).toBeLessThan(0.005);
  });
});
