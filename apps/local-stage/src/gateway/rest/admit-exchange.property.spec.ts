import { TokenBucket, type BucketLimits } from '@spillway/throttle';
import fc from 'fast-check';
import { restExchange, restMethod, restRequest, restStage } from '../__fixtures__/rest-models.ts';
import { admitExchange } from './admit-exchange.ts';
import { StageThrottle } from './stage-throttle.ts';
import { UsagePlans } from './usage-plans.ts';

/** Times are whole 1/1024 ms and rates whole 1/16 requests/s, so that both clocks below tell the same exact time. */
const TICKS_PER_MS = 1024;
const RATE_UNITS = 16;

/** A token, in the unit in which one tick at one rate unit refills one: 1/(16 · 1024 · 1000) token. */
const TOKEN = BigInt(TICKS_PER_MS) * BigInt(RATE_UNITS) * 1000n;

/** An ideal lazily refilled bucket in whole numbers: nothing in it is rounded. */
class ExactBucket {
  #rateUnits: bigint;
  #size: bigint;
  #level: bigint;
  #atTick = 0n;

  constructor(limits: Limits) {
    this.#rateUnits = BigInt(limits.rateUnits);
    this.#size = BigInt(limits.burstLimit) * TOKEN;
    this.#level = this.#size;
  }

  takes(atTick: bigint): boolean {
    this.#refill(atTick);
    if (this.#level < TOKEN) return false;
    this.#level -= TOKEN;
    return true;
  }

  limit(limits: Limits, atTick: bigint): void {
    this.#refill(atTick);
    this.#rateUnits = BigInt(limits.rateUnits);
    this.#size = BigInt(limits.burstLimit) * TOKEN;
    if (this.#level > this.#size) this.#level = this.#size;
  }

  #refill(atTick: bigint): void {
    this.#level += this.#rateUnits * (atTick - this.#atTick);
    if (this.#level > this.#size) this.#level = this.#size;
    this.#atTick = atTick;
  }
}

interface Limits {
  readonly rateUnits: number;
  readonly burstLimit: number;
}

const limitsArbitrary = fc.record({
  rateUnits: fc.integer({ min: 1, max: 20_000 * RATE_UNITS }),
  burstLimit: fc.integer({ min: 1, max: 40 }),
});

const toLimits = ({ rateUnits, burstLimit }: Limits): BucketLimits => ({
  rateLimit: rateUnits / RATE_UNITS,
  burstLimit,
});

const KEYS = ['alice', 'bob'] as const;
const METHODS = ['GET', 'POST'] as const;

/** What happens next: most often a request, now and then somebody changes the limits of a method. */
const eventArbitrary = fc.record({
  gapTicks: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 * TICKS_PER_MS })),
  method: fc.constantFrom(...METHODS),
  key: fc.constantFrom(...KEYS),
  change: fc.option(limitsArbitrary, { freq: 8 }),
});

describe('admitExchange', () => {
  it('admits exactly what ideal buckets of plan, method and account do, in that order (F1, F3, F4, F5)', () => {
    fc.assert(
      fc.property(
        fc.record({ plan: limitsArbitrary, method: limitsArbitrary, account: limitsArbitrary }),
        fc.array(eventArbitrary, { minLength: 1, maxLength: 120 }),
        (limits, events) => {
          const admits = gatewayWith(limits);
          const ideal = idealWith(limits);
          let tick = 0;
          const seen = events.map(({ gapTicks, method, key, change }) => {
            tick += gapTicks;
            if (change) {
              admits.change(method, change, tick / TICKS_PER_MS);
              ideal.change(method, change, BigInt(tick));
            }
            return [admits.ask(method, key, tick / TICKS_PER_MS), ideal.ask(method, key, BigInt(tick))];
          });
          expect(seen.map(([gateway]) => gateway)).toEqual(seen.map(([, exact]) => exact));
        },
      ),
      { numRuns: 400 },
    );
  });
});

interface Three {
  readonly plan: Limits;
  readonly method: Limits;
  readonly account: Limits;
}

function gatewayWith({ plan, method, account }: Three) {
  const methods = METHODS.map((httpMethod) => restMethod({ httpMethod, isApiKeyRequired: true }));
  const stage = restStage({
    methods,
    methodSettings: [{ resourcePath: '*', httpMethod: '*', ...toLimits(method) }],
  });
  const throttle = new StageThrottle(stage, 0);
  const keys = KEYS.map((name) => ({ keyId: name, name, value: name, isEnabled: true }));
  const stages = [{ apiId: stage.apiId, stageName: stage.stageName, methodThrottles: {} }];
  const plans = new UsagePlans([{ planId: 'p', throttle: toLimits(plan), quota: null, stages, keys }], 0);
  const accountBucket = new TokenBucket(toLimits(account), 0);
  const routes = new Map(
    methods.map((model) => [
      model.httpMethod,
      {
        method: model,
        bucket: throttle.bucketOf(model),
        clients: plans.clientsOf(stage.apiId, stage.stageName, model, 0),
        validate: null,
        integration: null,
        mock: null,
        metrics: null,
      },
    ]),
  );
  return {
    ask: (httpMethod: string, key: string, startedAtMs: number): boolean => {
      const request = restRequest({ method: httpMethod, rawHeaders: ['X-Api-Key', key] });
      return (
        admitExchange(restExchange({ request, startedAtMs }), routes.get(httpMethod)!, accountBucket) === null
      );
    },
    change: (httpMethod: string, limits: Limits, nowMs: number): void =>
      throttle.change({ resourcePath: '/items/{id}', httpMethod }, toLimits(limits), nowMs),
  };
}

function idealWith({ plan, method, account }: Three) {
  const ofKey = new Map<string, ExactBucket>(KEYS.map((key) => [key, new ExactBucket(plan)]));
  const ofMethod = new Map<string, ExactBucket>(METHODS.map((name) => [name, new ExactBucket(method)]));
  const ofAccount = new ExactBucket(account);
  return {
    ask: (httpMethod: string, key: string, tick: bigint): boolean =>
      ofKey.get(key)!.takes(tick) && ofMethod.get(httpMethod)!.takes(tick) && ofAccount.takes(tick),
    change: (httpMethod: string, limits: Limits, tick: bigint): void =>
      ofMethod.get(httpMethod)!.limit(limits, tick),
  };
}
