import { seededRandom, exponential } from '../__fixtures__/random.ts';
import { stepRecord, targets } from '../__fixtures__/simulated-stage.ts';
import { outcomes, type Answers } from '../answers/answers.ts';
import { latencyP99 } from './latency-p99.ts';

const record = stepRecord({ warmUpMs: 1000, holdMs: 10_000 });

/** Answers evenly over the step. */
function answersOf(latenciesMs: readonly number[], outcome = 'acknowledged'): Answers {
  const count = latenciesMs.length;
  return {
    count,
    intendedMs: Float64Array.from(latenciesMs, (_, index) => (11_000 * (index + 0.5)) / count),
    latenessMs: new Float64Array(count),
    latencyMs: Float64Array.from(latenciesMs),
    outcome: new Uint8Array(count).fill(outcomes.indexOf(outcome as (typeof outcomes)[number])),
    status: new Uint16Array(count).fill(200),
  };
}

describe('latencyP99', () => {
  it('bounds the true p99 in 95 % of samples', () => {
    const truth = 20 * Math.log(100);
    let bounded = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const latencies = Array.from({ length: 1100 }, () => exponential(random, 20));
      if ((latencyP99(record, answersOf(latencies), targets)?.p99UpperMs ?? 0) >= truth) bounded += 1;
    }
    expect(bounded).toBeGreaterThanOrEqual(186);
  });

  it('has a bound from 299 answers on, and none before', () => {
    const at = (count: number) =>
      latencyP99({ ...record, warmUpMs: 0, holdMs: 11_000 }, answersOf(Array(count).fill(5)), targets);
    expect(at(299)).toEqual({ p99Ms: 5, p99UpperMs: 5 });
    expect(at(298)).toEqual({ p99Ms: 5, p99UpperMs: null });
  });

  it('is bounded by T where a clump leaves no rank, but none is slower than T', () => {
    const boundOf = (slowMs: number) => {
      const clumped = Array.from({ length: 1000 }, (_, index) => (index >= 500 && index < 509 ? slowMs : 10));
      return latencyP99(record, answersOf(clumped), targets);
    };
    expect(boundOf(targets.latencyMs)).toEqual({ p99Ms: 10, p99UpperMs: targets.latencyMs });
    expect(boundOf(targets.latencyMs - 100)).toEqual({ p99Ms: 10, p99UpperMs: targets.latencyMs });
    expect(boundOf(targets.latencyMs + 1)).toEqual({ p99Ms: 10, p99UpperMs: null });
  });

  it('leaves the warm-up out', () => {
    const slowStart = Array.from({ length: 1100 }, (_, index) => (index < 100 ? 400 : 10));
    expect(latencyP99(record, answersOf(slowStart), targets)?.p99UpperMs).toBe(10);
  });

  it('takes an answer that is no acknowledgement for as slow as the horizon', () => {
    expect(latencyP99(record, answersOf(Array(1100).fill(1), 'failed'), targets)?.p99Ms).toBe(
      record.horizonMs,
    );
  });

  const stalled = { ...record, host: { ...record.host, stalls: [{ startMs: 5000, endMs: 5500 }] } };

  it('leaves out what a host stall explains', () => {
    const latencies = Array.from({ length: 1100 }, (_, index) => (index >= 500 && index < 550 ? 450 : 10));
    expect(latencyP99(record, answersOf(latencies), targets)?.p99Ms).toBe(450);
    expect(latencyP99(stalled, answersOf(latencies), targets)?.p99Ms).toBe(10);
  });

  it('sets aside an answer whose time outside a stall is T, and keeps one that takes longer', () => {
    // Due from 4,505 ms on and answered after 6,005 ms: 5,000 to 6,000 ms is set aside, the stall and its drain.
    const slowBy = (outsideMs: number) =>
      answersOf(
        Array.from({ length: 1100 }, (_, index) => (index >= 450 && index < 462 ? 1000 + outsideMs : 10)),
      );
    const { latencyMs } = targets;
    expect(latencyP99(stalled, slowBy(latencyMs), targets)?.p99Ms).toBe(10);
    expect(latencyP99(stalled, slowBy(latencyMs + 1), targets)?.p99Ms).toBe(latencyMs + 1001);
  });

  it('keeps a 429 of a throttle that was lifted although it touches a stall', () => {
    const throttled = answersOf(Array(1100).fill(10));
    throttled.outcome.fill(outcomes.indexOf('throttled'), 500, 550);
    expect(latencyP99(stalled, throttled, targets)?.p99Ms).toBe(record.horizonMs);
    expect(latencyP99({ ...stalled, limits: 'applied' }, throttled, targets)?.p99Ms).toBe(10);
  });

  it('is null where nothing is left', () => {
    expect(latencyP99(record, answersOf([]), targets)).toBeNull();
  });

  it('widens the bound where slow answers come in a clump', () => {
    const spread = Array.from({ length: 1100 }, (_, index) => (index % 110 === 0 ? 300 : 10 + index / 1000));
    const clump = [...spread].sort((a, b) => a - b);
    const rank = (latencies: number[]) => latencyP99(record, answersOf(latencies), targets);
    expect(rank(clump)?.p99UpperMs ?? Infinity).toBeGreaterThanOrEqual(rank(spread)?.p99UpperMs ?? 0);
  });
});
