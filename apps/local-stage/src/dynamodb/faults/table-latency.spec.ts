import { seededRandom } from './seeded-random.ts';
import { drawLatencyMs, parseTableLatency, type TableLatency } from './table-latency.ts';

describe('parseTableLatency', () => {
  it.each([
    ['5ms', { kind: 'fixed', durationMs: 5 }],
    ['uniform:min=1ms,max=9ms', { kind: 'uniform', minMs: 1, maxMs: 9 }],
    ['uniform:max=1s,min=0ms', { kind: 'uniform', minMs: 0, maxMs: 1000 }],
    ['lognormal:p50=4ms,p99=30ms', { kind: 'lognormal', p50Ms: 4, p99Ms: 30 }],
  ])('takes %s', (text, latency) => {
    expect(parseTableLatency(text)).toEqual(latency);
  });

  it.each([
    ['5', "found '5'"],
    ['gamma:p50=1ms,p99=2ms', "found 'gamma'"],
    ['uniform', 'found min= of uniform'],
    ['uniform:min=1ms', 'found max= of uniform'],
    ['uniform:min=1ms,max=2', 'found max=2 of uniform'],
    ['uniform:min=3ms,max=2ms', 'found min over max'],
    ['uniform:p50=3ms,p99=2ms', 'found p50 of uniform'],
    ['uniform:min=1ms,min=2ms', 'found min twice'],
    ['lognormal:p50=0ms,p99=2ms', 'found p50 of 0'],
    ['lognormal:p50=3ms,p99=2ms', 'found p50 of 0 or over p99'],
    ['lognormal:p50', "found 'p50', want key=value"],
    ['', "found ''"],
  ])('refuses %s: %s', (text, found) => {
    const issue = parseTableLatency(text);
    expect(issue).toEqual({ issue: expect.stringContaining(found) });
    expect(issue).toEqual({ issue: expect.stringContaining('want 5ms, uniform:') });
  });
});

describe('drawLatencyMs', () => {
  const sorted = (latency: TableLatency): number[] => {
    const random = seededRandom(3);
    return Array.from({ length: 100_000 }, () => drawLatencyMs(latency, random)).sort((a, b) => a - b);
  };

  it('draws the fixed one', () => {
    expect(drawLatencyMs({ kind: 'fixed', durationMs: 5 }, seededRandom(1))).toBe(5);
  });

  it('draws from end to end of a uniform one', () => {
    const draws = sorted({ kind: 'uniform', minMs: 10, maxMs: 20 });
    expect(draws[0]).toBeGreaterThanOrEqual(10);
    expect(draws.at(-1)).toBeLessThan(20);
    expect(draws[50_000]! / 15).toBeCloseTo(1, 1);
  });

  it('draws a lognormal one whose percentiles are those it was told, within 5 %', () => {
    const draws = sorted({ kind: 'lognormal', p50Ms: 4, p99Ms: 30 });
    expect(Math.abs(draws[50_000]! / 4 - 1)).toBeLessThan(0.05);
    expect(Math.abs(draws[99_000]! / 30 - 1)).toBeLessThan(0.05);
  });

  it('draws the median of a lognormal one that has no width', () => {
    expect(drawLatencyMs({ kind: 'lognormal', p50Ms: 4, p99Ms: 4 }, seededRandom(1))).toBe(4);
  });
});
