import { erlangB } from '@spillway/capacity';
import { patient, stageWith, steady } from './__fixtures__/stages.ts';
import type { ServiceTime } from './lambda/service-time.ts';
import { simulate } from './simulate.ts';

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
/** Two-sided 99.9 % quantile of Student's t with 19 degrees of freedom. */
const T_999_OF_19 = 3.883;
/** A stage starts empty; what it does before it is in balance is left out. */
const WARM_UP_SECONDS = 20;
/** Of each run, after that: enough for an interval of a tenth or so of what is refused. */
const ARRIVALS = 15_000;
const sum = (values: Float64Array, from = 0) => values.slice(from).reduce((total, one) => total + one, 0);

/** Share of the arrivals that a full function refuses, over independent runs: mean and half of its 99.9 % interval. */
function refusedShare(servers: number, load: number, service: ServiceTime) {
  const stage = stageWith({ function: { reservedConcurrency: servers }, service });
  // A mean service time of 1 s: as many arrivals a second as erlangs, far below the 10× rule.
  const durationMs = 1000 * (WARM_UP_SECONDS + ARRIVALS / load);
  const shares = SEEDS.map((seed) => {
    const { seconds } = simulate(stage, steady(load, durationMs), { seed, lateMs: 500 });
    return (
      sum(seconds['refused-by-reserved-concurrency'], WARM_UP_SECONDS) /
      sum(seconds.requests, WARM_UP_SECONDS)
    );
  });
  const mean = shares.reduce((total, share) => total + share, 0) / shares.length;
  const variance = shares.reduce((total, share) => total + (share - mean) ** 2, 0) / (shares.length - 1);
  return { mean, half: T_999_OF_19 * Math.sqrt(variance / shares.length) };
}

describe('a function that refuses what finds no free environment (F34)', () => {
  const services: readonly (readonly [string, ServiceTime])[] = [
    ['exponential', { kind: 'exponential', meanMs: 1000 }],
    ['constant', { kind: 'constant', meanMs: 1000 }],
    ['lognormal, variation 2', { kind: 'lognormal', meanMs: 1000, variation: 2 }],
  ];
  const cases = [
    [10, 5],
    [10, 10],
    [20, 40],
    [50, 45],
    [100, 100],
  ].flatMap(([servers, load]) =>
    services.map(([name, service]) => [servers!, load!, name, service] as const),
  );

  it.each(cases)(
    'refuses Erlang B of %i environments at %i erlangs, %s service',
    (servers, load, _name, service) => {
      const { mean, half } = refusedShare(servers, load, service);
      const wanted = erlangB(servers, load);
      expect(Math.abs(mean - wanted)).toBeLessThan(half);
      // An interval that holds everything proves nothing.
      expect(half).toBeLessThan(0.15 * wanted);
    },
  );

  it.each([
    // Published: B(10, 5) of Erlang's table as in Angus, An Introduction to Erlang B and Erlang C, 2001.
    [10, 5, 0.0184],
    [100, 100, 0.0757],
  ])('agrees with the published B(%i, %i) = %d', (servers, load, published) => {
    const { mean, half } = refusedShare(servers, load, { kind: 'exponential', meanMs: 1000 });
    expect(Math.abs(mean - published)).toBeLessThan(half + 5e-5);
  });

  it('has as many in use as Little says: admitted rate × service time', () => {
    const stage = stageWith({ service: { kind: 'exponential', meanMs: 200 } });
    const { totals } = simulate(stage, steady(100, 600_000), { seed: 1, lateMs: 500 });
    // 100/s × 0.2 s = 20, within 4 standard errors of the sum of 60,000 exponential times.
    expect(Math.abs(totals.inUseMs / 600_000 - 20)).toBeLessThan(20 * 4 * Math.sqrt(2 / 60_000));
  });
});

describe('a token bucket (F1)', () => {
  const limits = { rateLimit: 1000, burstLimit: 500 };
  const stage = stageWith({ gateway: { stage: limits } });

  it.each([1200, 1500, 2000, 10_000, 200_000])(
    'throttles 1 − r/λ of a constant %i/s once it is empty, and not before it could be',
    (ratePerSecond) => {
      const { seconds } = simulate(stage, steady(ratePerSecond, 4000, 'even'), { seed: 1, lateMs: 500 });
      const emptyAfterS = limits.burstLimit / (ratePerSecond - limits.rateLimit);
      const from = Math.ceil(emptyAfterS);
      const throttled = sum(seconds['throttled-by-stage'], from) / sum(seconds.requests, from);
      expect(throttled).toBeCloseTo(1 - limits.rateLimit / ratePerSecond, 3);
      const admitted = sum(seconds.acknowledged.slice(0, 4));
      expect(Math.abs(admitted - (limits.burstLimit + 4 * limits.rateLimit))).toBeLessThanOrEqual(2);
    },
  );

  it('throttles nothing at its rate', () => {
    const { totals } = simulate(stage, steady(1000, 10_000, 'even'), { seed: 1, lateMs: 500 });
    expect(totals.outcomes['throttled-by-stage']).toBe(0);
  });

  it.each(SEEDS.slice(0, 5))(
    'admits at most b + r·t of random arrivals, at every second (seed %i)',
    (seed) => {
      const { seconds } = simulate(stage, steady(1400, 30_000), { seed, lateMs: 500 });
      let admitted = 0;
      for (let second = 0; second < 30; second += 1) {
        admitted += seconds.requests[second]! - seconds['throttled-by-stage'][second]!;
        expect(admitted).toBeLessThanOrEqual(limits.burstLimit + limits.rateLimit * (second + 1));
      }
    },
  );

  it('binds each client at its plan, and all of them together at the stage, in this order (F3)', () => {
    const load = steady(4000, 20_000);
    const clients = { ...patient, count: 10, plan: { rateLimit: 50, burstLimit: 10 } };
    const { totals } = simulate(stage, { ...load, clients }, { seed: 1, lateMs: 500 });
    // Ten plans of 50/s let 500/s through, which the stage's 1,000/s let pass.
    expect(Math.abs(totals.outcomes.acknowledged - (10 * 10 + 500 * 20))).toBeLessThan(20);
    expect(totals.outcomes['throttled-by-stage']).toBe(0);
  });
});

describe('the 10× rule (F32)', () => {
  const stage = stageWith({
    function: { reservedConcurrency: 10 },
    service: { kind: 'constant', meanMs: 1 },
  });

  it('lets 10 requests a second and unit of concurrency in, however short they are', () => {
    const { seconds } = simulate(stage, steady(250, 10_000, 'even'), { seed: 1, lateMs: 500 });
    expect(seconds.acknowledged.slice(0, 10)).toEqual(new Float64Array(10).fill(100));
    expect(seconds['refused-by-ten-times-rule'].slice(0, 10)).toEqual(new Float64Array(10).fill(150));
  });

  it('refuses nothing at that rate', () => {
    const { totals } = simulate(stage, steady(100, 10_000, 'even'), { seed: 1, lateMs: 500 });
    expect(totals.outcomes.acknowledged).toBe(1000);
  });
});

describe('scaling from nothing (F33)', () => {
  it('has 1,000 + 100·t environments after t seconds, where more are asked for', () => {
    const stage = stageWith({
      gateway: { timeoutMs: 100_000 },
      function: { warmEnvironments: 0 },
      service: { kind: 'constant', meanMs: 60_000 },
    });
    const { seconds, totals } = simulate(stage, steady(500, 30_000, 'even'), { seed: 1, lateMs: 500 });
    for (let second = 0; second < 30; second += 1) {
      const wanted = Math.min(500 * (second + 1), 1000 + 100 * (second + 1));
      expect(Math.abs(seconds.environments[second]! - wanted)).toBeLessThanOrEqual(1);
    }
    expect(totals.coldStarts).toBe(totals.outcomes.acknowledged);
    expect(totals.outcomes['refused-by-scaling-rate']).toBe(15_000 - totals.coldStarts);
  });
});

describe('a partition (F41)', () => {
  it('gives the hot key 1,000 units/s, whatever the table has: the rest waits for the SDK or fails', () => {
    const sdk = { attempts: 1, baseMs: 500, budgetMs: 3000 };
    const table = { writeUnitsPerSecond: 4000, unitsPerWrite: 1, hotKeyRatio: 1, sdk };
    const { seconds } = simulate(stageWith({ table }), steady(2500, 20_000, 'even'), {
      seed: 1,
      lateMs: 500,
    });
    // Its bucket of 1,000 is empty within the first second; each second after that brings 1,000.
    expect(seconds.acknowledged.slice(1, 20)).toEqual(new Float64Array(19).fill(1000));
    expect(seconds['table-throttled'].slice(1, 20)).toEqual(new Float64Array(19).fill(1500));
  });
});
