import { stepRecord, targets } from '../__fixtures__/simulated-stage.ts';
import type { Answers } from '../answers/answers.ts';
import { percentile } from '../statistics/percentile.ts';
import type { StepRecord } from '../step-record.ts';
import { measureStep } from '../steps/measure-step.ts';
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

/** Standard error of the median of n draws from n − 1 values, each value left out in turn, by the binomial. */
function medianErrorOf(values: readonly number[]): number {
  const n = values.length;
  const choose = (k: number) =>
    Array.from({ length: k }, (_, i) => (n - i) / (i + 1)).reduce((a, b) => a * b, 1);
  /** Share of samples whose median is one of the `least` smallest of n − 1. */
  const below = (least: number) => {
    const ratio = least / (n - 1);
    const ks = Array.from({ length: n + 1 }, (_, k) => k).slice(Math.ceil(n / 2));
    return ks.reduce((sum, k) => sum + choose(k) * ratio ** k * (1 - ratio) ** (n - k), 0);
  };
  let [first, second] = [0, 0];
  for (let left = 0; left < n; left += 1) {
    const rest = values.filter((_, index) => index !== left).sort((a, b) => a - b);
    rest.forEach((value, index) => {
      const share = (below(index + 1) - below(index)) / n;
      first += share * value;
      second += share * value ** 2;
    });
  }
  return Math.sqrt(second - first ** 2);
}

describe('latencyBlocks', () => {
  it('has the standard error of a median that counting all bootknife samples of seven blocks gives', () => {
    const resample = latencyBlocks(stepRecord({ warmUpMs: 0, holdMs: 7000 }), answersOf(mice, 700), targets)!;
    const draw = drawsOf(1);
    const error = Math.sqrt(varianceOver(40_000, () => resample(draw).p50Ms));
    expect(Math.abs(error / medianErrorOf(mice) - 1)).toBeLessThan(0.015);
  });

  it('draws the percentiles of the answers where all blocks are alike', () => {
    const block = Array.from({ length: 100 }, (_, row) => row + 1);
    const latencies = Array.from({ length: 10 }, () => block).flat();
    const resample = latencyBlocks(
      stepRecord({ warmUpMs: 0, holdMs: 10_000 }),
      answersOf(latencies, 10),
      targets,
    )!;
    expect(resample(drawsOf(2))).toEqual({
      p50Ms: percentile(block, 0.5),
      p99Ms: percentile(block, 0.99),
    });
  });

  it('sees more noise where neighbours share their fate', () => {
    const draw = drawsOf(3);
    const values = Array.from({ length: 1000 }, () => draw(1000));
    const errorOf = (latencies: readonly number[]) => {
      const resample = latencyBlocks(
        stepRecord({ warmUpMs: 0, holdMs: 10_000 }),
        answersOf(latencies, 10),
        targets,
      )!;
      return Math.sqrt(varianceOver(500, () => resample(draw).p50Ms));
    };
    // Sorted, each block of a second has latencies of its own.
    expect(errorOf(values.toSorted((a, b) => a - b))).toBeGreaterThan(4 * errorOf(values));
  });

  it('leaves out the warm-up and what comes after the hold', () => {
    const resample = latencyBlocks(
      stepRecord({ warmUpMs: 10, holdMs: 10 }),
      answersOf([900, 1, 900], 10),
      targets,
    )!;
    expect(resample(drawsOf(4))).toEqual({ p50Ms: 1, p99Ms: 1 });
    expect(latencyBlocks(stepRecord({ warmUpMs: 100, holdMs: 10 }), answersOf([1], 10), targets)).toBeNull();
  });

  it('leaves out what a host stall explains, as the measured latency does', () => {
    const stalls = [{ startMs: 4000, endMs: 4200 }];
    const record = stepRecord({ warmUpMs: 0, holdMs: 10_000, host: { busyRatio: 0.5, stalls } });
    const latencies = Array.from({ length: 1000 }, (_, row) => (row >= 400 && row < 440 ? 200 : 10));
    const calm = stepRecord({ warmUpMs: 0, holdMs: 10_000 });
    const answers = answersOf(latencies, 10);
    const worstOf = (of: StepRecord) => {
      const resample = latencyBlocks(of, answers, targets)!;
      const draw = drawsOf(6);
      return Math.max(...Array.from({ length: 50 }, () => resample(draw).p99Ms));
    };
    expect(worstOf(calm)).toBe(200);
    expect(worstOf(record)).toBe(10);
    expect(measureStep(record, answers, targets).latencyMs?.p99).toBe(10);
  });

  it('keeps the percentiles of a step too long to keep whole', () => {
    const draw = drawsOf(5);
    const latencies = Array.from({ length: 90_001 }, () => draw(100_000));
    const resample = latencyBlocks(
      stepRecord({ warmUpMs: 0, holdMs: 90_001 }),
      answersOf(latencies, 1),
      targets,
    )!;
    const ascending = latencies.toSorted((a, b) => a - b);
    const medians = Array.from({ length: 50 }, () => resample(draw).p50Ms);
    const middle = medians.reduce((sum, value) => sum + value, 0) / medians.length;
    expect(Math.abs(middle / percentile(ascending, 0.5) - 1)).toBeLessThan(0.005);
  });
});
