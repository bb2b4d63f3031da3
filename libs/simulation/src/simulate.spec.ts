import fc from 'fast-check';
import { naiveStage } from './__fixtures__/naive-stage.ts';
import { patient, stageWith, steady } from './__fixtures__/stages.ts';
import { patternArrivals, patternNames } from './arrivals/patterns.ts';
import { simulatedOutcomes } from './results/outcomes.ts';
import { simulate } from './simulate.ts';
import type { Load, StageModel } from './stage-model.ts';

const terms = { seed: 1, lateMs: 500 };
const recorded = (...instantsMs: number[]): Load => ({
  arrivals: { kind: 'recorded', instantsMs: Float64Array.from(instantsMs) },
  clients: patient,
});
const retry = { attempts: 3, baseMs: 100, capMs: 20_000, budgetRatio: null };

const bucket = fc.option(
  fc.record({ rateLimit: fc.integer({ min: 1, max: 300 }), burstLimit: fc.integer({ min: 1, max: 50 }) }),
);
const anyStage: fc.Arbitrary<StageModel> = fc
  .record({
    stage: bucket,
    account: bucket,
    reservedConcurrency: fc.option(fc.integer({ min: 1, max: 60 })),
    timeoutMs: fc.integer({ min: 50, max: 40_000 }),
    coldStartMs: fc.nat(2000),
    idleMs: fc.integer({ min: 1, max: 10_000 }),
    service: fc.oneof(
      fc.record({ kind: fc.constant('constant' as const), meanMs: fc.integer({ min: 1, max: 40_000 }) }),
      fc.record({ kind: fc.constant('exponential' as const), meanMs: fc.integer({ min: 1, max: 20_000 }) }),
    ),
    table: fc.option(
      fc.record({
        writeUnitsPerSecond: fc.integer({ min: 1, max: 50_000 }),
        unitsPerWrite: fc.integer({ min: 1, max: 400 }),
        hotKeyRatio: fc.double({ min: 0, max: 1, noNaN: true }),
        sdk: fc.record({
          attempts: fc.integer({ min: 1, max: 5 }),
          baseMs: fc.constant(500),
          budgetMs: fc.integer({ min: 1, max: 5000 }),
        }),
      }),
    ),
  })
  .map(({ stage, account, service, table, ...rest }) => {
    const lambda = { ...rest, accountConcurrency: 50, otherReservedConcurrency: 0, warmEnvironments: 0 };
    return stageWith({ gateway: { stage, account }, function: lambda, service, table });
  });
const anyLoad: fc.Arbitrary<Load> = fc
  .record({
    pattern: fc.constantFrom(...patternNames),
    ratePerSecond: fc.integer({ min: 1, max: 200 }),
    durationMs: fc.integer({ min: 1, max: 10_000 }),
    peakFactor: fc.double({ min: 1, max: 2, noNaN: true }),
    count: fc.integer({ min: 1, max: 20 }),
    plan: bucket,
    attempts: fc.integer({ min: 1, max: 4 }),
    budgetRatio: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  })
  .map(({ pattern, count, plan, attempts, budgetRatio, ...shape }) => ({
    arrivals: patternArrivals(pattern, shape),
    clients: { count, plan, retry: { ...retry, attempts, budgetRatio } },
  }));

describe(simulate.name, () => {
  it('loses nobody: every attempt has one outcome, every request is acknowledged or given up', () => {
    fc.assert(
      fc.property(anyStage, anyLoad, fc.integer(), (stage, load, seed) => {
        const { totals, seconds, latencyMs } = simulate(stage, load, { seed, lateMs: 500 });
        const attempts = simulatedOutcomes.reduce((sum, name) => sum + totals.outcomes[name], 0);
        expect(attempts).toBe(totals.requests + totals.retries);
        expect(totals.outcomes.acknowledged + totals.givenUp).toBe(totals.requests);
        seconds.requests.forEach((requests, second) => {
          const answered = simulatedOutcomes.reduce((sum, name) => sum + seconds[name][second]!, 0);
          expect(answered).toBe(requests + seconds.retries[second]!);
        });
        const { reservedConcurrency } = stage.function;
        expect(totals.inUseMax).toBeLessThanOrEqual(reservedConcurrency ?? 50);
        // It starts without any, and there are as many as run at once.
        expect(totals.coldStarts).toBeGreaterThanOrEqual(totals.environmentsMax);
        expect(totals.environmentsMax).toBeGreaterThanOrEqual(totals.inUseMax);
        expect(totals.environmentsMax).toBeGreaterThanOrEqual(Math.max(0, ...seconds.environments));
        expect(totals.inUseMax).toBe(Math.max(0, ...seconds.inUseMax));
        const written = totals.writeUnits / (stage.table?.unitsPerWrite ?? 1);
        const lateForGateway = totals.outcomes['gateway-timeout'];
        const acknowledged = stage.table === null ? 0 : totals.outcomes.acknowledged;
        expect(written).toBeGreaterThanOrEqual(acknowledged);
        expect(written).toBeLessThanOrEqual(acknowledged + lateForGateway);
        const numbers = [
          ...Object.values(seconds).flatMap((values) => [...values]),
          ...Object.values(latencyMs ?? {}),
        ];
        expect(numbers.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
      }),
    );
  });

  it('loses nobody in an hour either', () => {
    const { requests, outcomes, givenUp } = simulate(stageWith({}), steady(5, 3_600_000), terms).totals;
    expect(outcomes.acknowledged + givenUp).toBe(requests);
  });

  it('says of each second what a plain loop over recorded arrivals says', () => {
    const gap = fc.oneof({ weight: 30, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.nat(5000) });
    const limit = (max: number) => fc.integer({ min: 1, max });
    const inputs = fc.record({
      gaps: fc.array(gap, { minLength: 1, maxLength: 300 }),
      ...{ rateLimit: limit(200), burstLimit: limit(20) },
      ...{ concurrency: limit(6), serviceMs: limit(120), idleMs: limit(3000) },
    });
    fc.assert(
      fc.property(inputs, ({ gaps, rateLimit, burstLimit, concurrency, serviceMs, idleMs }) => {
        let nowMs = 0;
        const instants = gaps.map((gapMs) => (nowMs += gapMs));
        const limits = { rateLimit, burstLimit };
        const wanted = naiveStage(instants, limits, { concurrency, serviceMs, idleMs });
        const stage = stageWith({
          gateway: { stage: limits },
          function: { reservedConcurrency: concurrency, idleMs, warmEnvironments: 0 },
          service: { kind: 'constant', meanMs: serviceMs },
        });
        const { totals, seconds } = simulate(stage, recorded(...instants), terms);
        const found = wanted.seconds.map((_, second) => ({
          acknowledged: seconds.acknowledged[second],
          throttled: seconds['throttled-by-stage'][second],
          refused:
            seconds['refused-by-reserved-concurrency'][second]! +
            seconds['refused-by-ten-times-rule'][second]!,
          environments: seconds.environments[second],
        }));
        expect(found).toEqual(wanted.seconds);
        const { coldStarts, environmentsMax } = totals;
        expect({ coldStarts, environmentsMax }).toEqual({
          coldStarts: wanted.coldStarts,
          environmentsMax: wanted.environmentsMax,
        });
      }),
    );
  });

  it('keeps environments through a quiet time until they are idle for too long', () => {
    const stage = stageWith({ function: { warmEnvironments: 0 } });
    const { totals, seconds } = simulate(stage, recorded(...new Array<number>(100).fill(0), 400_000), terms);
    expect(totals).toMatchObject({ coldStarts: 101, environmentsMax: 100, inUseMax: 100 });
    // Idle since 0.1 s for 300 s.
    expect(seconds.environments.slice(0, 300)).toEqual(new Float64Array(300).fill(100));
    expect(seconds.environments.slice(300)).toEqual(Float64Array.from([...new Array(100).fill(0), 1]));
  });

  it('is the same for a seed, and other for another', () => {
    const stage = stageWith({
      gateway: { stage: { rateLimit: 100, burstLimit: 20 } },
      service: { kind: 'lognormal', meanMs: 100, variation: 1 },
    });
    const run = (seed: number) => simulate(stage, steady(150, 5000), { seed, lateMs: 500 });
    expect(run(3)).toEqual(run(3));
    expect(run(3).seconds.requests).not.toEqual(run(4).seconds.requests);
  });

  it('brings the same arrivals to other limits: two configurations meet one load', () => {
    const one = simulate(
      stageWith({ gateway: { stage: { rateLimit: 1, burstLimit: 1 } } }),
      steady(150, 5000),
      terms,
    );
    const other = simulate(stageWith({ function: { reservedConcurrency: 3 } }), steady(150, 5000), terms);
    expect(other.seconds.requests.slice(0, 5)).toEqual(one.seconds.requests.slice(0, 5));
  });

  it('ends an invocation at its timeout, not before', () => {
    const within = (meanMs: number) => {
      const stage = stageWith({ function: { timeoutMs: 1000 }, service: { kind: 'constant', meanMs } });
      return simulate(stage, recorded(0), terms).totals;
    };
    expect(within(999)).toMatchObject({ outcomes: { acknowledged: 1 }, inUseMs: 999 });
    expect(within(1001)).toMatchObject({ outcomes: { 'function-timeout': 1 }, inUseMs: 1000 });
  });

  it('answers 504 where the gateway gives up first, while the environment stays in use', () => {
    const stage = stageWith({ service: { kind: 'constant', meanMs: 30_000 } });
    expect(simulate(stage, recorded(0), terms).totals).toMatchObject({
      outcomes: { 'gateway-timeout': 1 },
      inUseMs: 30_000,
    });
  });

  it('adds a cold start to the first answer, and its init counts as no part of the timeout (F36)', () => {
    const stage = stageWith({ function: { warmEnvironments: 0, coldStartMs: 900, timeoutMs: 200 } });
    const { totals, latencyMs } = simulate(stage, recorded(0, 2000), terms);
    expect(totals).toMatchObject({ coldStarts: 1, late: 1, outcomes: { acknowledged: 2 }, inUseMs: 1100 });
    expect(latencyMs).toMatchObject({ max: 1000, mean: 550 });
  });

  it('counts what network and gateway add into a client’s latency alone', () => {
    const { totals, latencyMs } = simulate({ ...stageWith({}), overheadMs: 450 }, recorded(0), terms);
    expect([latencyMs?.max, totals.late, totals.inUseMs]).toEqual([550, 1, 100]);
  });

  it('tries a throttled write again within the invocation, until the SDK’s attempts are used up', () => {
    const table = (attempts: number): StageModel['table'] => ({
      writeUnitsPerSecond: 1,
      unitsPerWrite: 1,
      hotKeyRatio: 0,
      sdk: { attempts, baseMs: 500, budgetMs: 60_000 },
    });
    const run = (attempts: number) => simulate(stageWith({ table: table(attempts) }), recorded(0, 0), terms);
    expect(run(1).totals).toMatchObject({
      outcomes: { acknowledged: 1, 'table-throttled': 1 },
      writesThrottled: 1,
    });
    expect(run(8).totals).toMatchObject({ outcomes: { acknowledged: 2 }, writeUnits: 2 });
    expect(run(8).latencyMs?.max).toBeGreaterThan(900);
  });

  it('retries 429 as often as the policy says, and not a timeout', () => {
    const clients = { count: 1, plan: null, retry };
    const closed = stageWith({ gateway: { stage: { rateLimit: 1e-9, burstLimit: 1 } } });
    const { totals } = simulate(closed, { ...recorded(0, 0), clients }, terms);
    expect(totals).toMatchObject({ requests: 2, retries: 2, givenUp: 1 });
    const slow = stageWith({ function: { timeoutMs: 10 } });
    expect(simulate(slow, { ...recorded(0), clients }, terms).totals).toMatchObject({
      retries: 0,
      givenUp: 1,
    });
  });

  it('says null of latencies where nothing was acknowledged, and nothing of nobody', () => {
    expect(simulate(stageWith({}), recorded(), terms)).toMatchObject({ latencyMs: null, endedMs: 0 });
  });
});
