import { stageWith, steady } from '../__fixtures__/stages.ts';
import { simulate } from '../simulate.ts';
import { simulatedCost } from './simulated-cost.ts';

const sdk = { attempts: 3, baseMs: 500, budgetMs: 3000 };
const table = { writeUnitsPerSecond: 4000, unitsPerWrite: 2, hotKeyRatio: 0, sdk };

describe(simulatedCost.name, () => {
  // 10 s at 300/s, of which 100/s are admitted: 1,000 + 1 requests of 100 ms.
  const stage = stageWith({ gateway: { stage: { rateLimit: 100, burstLimit: 1 } }, table });
  const result = simulate(stage, steady(300, 10_000, 'even'), { seed: 1, lateMs: 500 });
  const { acknowledged, 'throttled-by-stage': throttled } = result.totals.outcomes;

  it('prices admitted requests, invocations, GB-seconds and write units by hand-computed sums', () => {
    expect(acknowledged).toBe(1000);
    const cost = simulatedCost(result, 512);
    const usd = Object.fromEntries(cost.lines.map((line) => [line.name, line.usd]));
    expect(usd['REST API']).toBeCloseTo(0.0035, 9);
    expect(usd['Lambda requests']).toBeCloseTo(0.0002, 9);
    expect(usd['Lambda duration']).toBeCloseTo(1000 * 0.1 * 0.5 * 0.0000133334, 9);
    expect(usd['Table writes']).toBeCloseTo(2000 * 0.625e-6, 9);
    expect(cost.usd).toBeCloseTo(0.0035 + 0.0002 + 0.00066667 + 0.00125, 8);
  });

  it('keeps apart what the answers 429 would add, for nobody knows whether they are billed (F78)', () => {
    expect(simulatedCost(result, 512).throttledUsd).toBeCloseTo((throttled / 1e6) * 3.5, 9);
  });

  it('stays at the first tier above 333 million requests: the month they belong to is not simulated', () => {
    const many = { ...result.totals, outcomes: { ...result.totals.outcomes, acknowledged: 4e8 } };
    const { lines } = simulatedCost({ ...result, totals: many }, 512);
    expect(lines[0]?.usd).toBeCloseTo(400 * 3.5, 6);
  });

  it('prices a request that Lambda refused as one of the gateway alone', () => {
    const full = stageWith({
      function: { reservedConcurrency: 1 },
      service: { kind: 'constant', meanMs: 20_000 },
    });
    const { lines } = simulatedCost(
      simulate(full, steady(10, 10_000, 'even'), { seed: 1, lateMs: 500 }),
      128,
    );
    expect(lines.map(({ because }) => because).slice(0, 2)).toEqual([
      '100 requests (F70)',
      '1 invocations (F72)',
    ]);
  });
});
