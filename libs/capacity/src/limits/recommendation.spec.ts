import { limitsSchema } from '@spillway/throttle';
import fc from 'fast-check';
import { measurementsOf } from '../__fixtures__/measurements.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import { writeUnits } from '../aws-rules.ts';
import { erlangB } from '../statistics/erlang.ts';
import { recommend, RecommendationError } from './recommendation.ts';

const quotas = measurementsOf().quotas;

describe('recommend', () => {
  it('solves the example by hand', () => {
    // r = 0.8 · 1,000; a = 800 · 0.05 = 40; b = 0.8 · 60; 800 · 0.15 · 0.8 = 96 more come while it is
    // answered: C = ⌈40 + 1.645 √40 + 48 + 96⌉ = 195, above Erlang B (62) and ⌈r / 8⌉ (100).
    expect(recommend(measurementsOf()).limits).toEqual({
      rateLimit: 800,
      burstLimit: 48,
      reservedConcurrency: 195,
      memorySize: 1024,
      timeoutSeconds: 4,
    });
  });

  it.each([
    ['the sustained rate', {}, 800],
    ['the account’s rate', { quotas: { ...quotas, accountRatePerSecond: 500 } }, 400],
    ['the table at 4 units an item', { itemBytes: 3073 }, 800],
    ['the table at 5', { itemBytes: 4097 }, 640],
    ['ten a second for each environment', { quotas: { ...quotas, accountConcurrency: 190 } }, 720],
  ])('is bound by %s', (_reason, changes, rateLimit) => {
    expect(recommend(measurementsOf(changes)).limits.rateLimit).toBe(rateLimit);
  });

  it.each([
    ['at least 1 s', 0, 0, 1],
    ['just 28 s', 12_000, 4000, 28],
    ['never beyond', 12_001, 4000, 28],
    ['rounds up', 501, 0, 2],
  ])('keeps the timeout %s', (_reason, tailUpperMs, sdkRetryBudgetMs, seconds) => {
    const { limits } = recommend(
      measurementsOf({
        serviceTime: { meanUpperMs: 0.1, tailUpperMs },
        targets: { ...targets, sdkRetryBudgetMs },
      }),
    );
    expect(limits.timeoutSeconds).toBe(seconds);
  });

  it('lowers the rate, and says so, where the concurrency left does not carry it', () => {
    const { limits, reasons } = recommend(
      measurementsOf({ serviceTime: { meanUpperMs: 2000, tailUpperMs: 4000 } }),
    );
    expect(limits.rateLimit).toBeLessThan(450);
    expect(limits.reservedConcurrency).toBe(900);
    expect(reasons.rateLimit).toMatch(/lowered from 800\/s to what 900 environments carry/);
  });

  it.each([
    ['no concurrency to reserve', { quotas: { ...quotas, accountConcurrency: 100 } }],
    ['a service time that no environment carries', { serviceTime: { meanUpperMs: 1e9, tailUpperMs: 1e9 } }],
  ])('refuses %s', (_reason, changes) => {
    expect(() => recommend(measurementsOf(changes))).toThrow(RecommendationError);
  });

  const arbitrary = fc
    .record({
      lower: fc.double({ min: 0.5, max: 20_000, noNaN: true }),
      meanUpperMs: fc.double({ min: 0.1, max: 20_000, noNaN: true }),
      tailUpperMs: fc.double({ min: 0.1, max: 60_000, noNaN: true }),
      cleanRequests: fc.nat(3000),
      answeredWithinMs: fc.nat(2000),
      itemBytes: fc.integer({ min: 1, max: 400_000 }),
      accountConcurrency: fc.integer({ min: 101, max: 3000 }),
      accountRatePerSecond: fc.integer({ min: 10, max: 10_000 }),
      accountBurst: fc.integer({ min: 1, max: 5000 }),
      headroomRatio: fc.double({ min: 0.3, max: 1, noNaN: true }),
      blockingRatio: fc.constantFrom(0.0001, 0.001, 0.01),
    })
    .map((facts) =>
      measurementsOf({
        sustainedRate: { lowerPerSecond: facts.lower, upperPerSecond: null },
        serviceTime: { meanUpperMs: facts.meanUpperMs, tailUpperMs: facts.tailUpperMs },
        burst: { cleanRequests: facts.cleanRequests, answeredWithinMs: facts.answeredWithinMs },
        itemBytes: facts.itemBytes,
        quotas: {
          ...quotas,
          accountConcurrency: facts.accountConcurrency,
          accountRatePerSecond: facts.accountRatePerSecond,
          accountBurst: facts.accountBurst,
        },
        targets: { ...targets, headroomRatio: facts.headroomRatio, blockingRatio: facts.blockingRatio },
      }),
    );

  it('is coherent for whatever was measured, and the same each time', () => {
    let recommended = 0;
    fc.assert(
      fc.property(arbitrary, (measurements) => {
        let found;
        try {
          found = recommend(measurements);
        } catch (error) {
          expect(error).toBeInstanceOf(RecommendationError);
          return;
        }
        recommended += 1;
        const { rateLimit: r, burstLimit: b, reservedConcurrency: c } = limitsSchema.parse(found.limits);
        const { targets: wanted, quotas: have, itemBytes, sustainedRate, burst } = measurements;
        const load = (r * measurements.serviceTime.meanUpperMs) / 1000;
        const h = wanted.headroomRatio + 1e-9;
        expect(r).toBeLessThanOrEqual(h * sustainedRate.lowerPerSecond);
        expect(r).toBeLessThanOrEqual(h * 10 * c);
        expect(r + b).toBeLessThanOrEqual(10 * c + 1e-6);
        expect(r).toBeLessThanOrEqual(h * have.accountRatePerSecond);
        expect(r * writeUnits(itemBytes)).toBeLessThanOrEqual(h * have.tableWriteUnitsPerSecond);
        expect(erlangB(c, load)).toBeLessThanOrEqual(wanted.blockingRatio);
        expect(c).toBeGreaterThanOrEqual(load + b - 1e-6);
        expect(c).toBeLessThanOrEqual(have.accountConcurrency - 100);
        expect(b).toBeLessThanOrEqual(Math.max(1, Math.min(burst.cleanRequests, 1000, have.accountBurst)));
        expect(recommend(structuredClone(measurements))).toEqual(found);
      }),
      { numRuns: 300, seed: 20260101 },
    );
    expect(recommended).toBeGreaterThan(100);
  });
});
