import { TokenBucket } from '@spillway/throttle';
import fc from 'fast-check';
import type { RestMethodModel } from '../../template/rest/rest-method-model.ts';
import type { RestStageModel } from '../../template/rest/rest-stage-model.ts';
import { restMethod, restStage } from '../__fixtures__/rest-models.ts';
import { admitRequest } from '../admit-request.ts';
import { StageThrottle } from './stage-throttle.ts';

const method = (httpMethod: string, resourcePath: string): RestMethodModel =>
  restMethod({ httpMethod, resourcePath, resourceId: resourcePath });

const stage = (
  methods: readonly RestMethodModel[],
  methodSettings: RestStageModel['methodSettings'],
): RestStageModel => restStage({ methods, methodSettings });

const everyMethod = (rateLimit: number, burstLimit: number): RestStageModel['methodSettings'][number] => ({
  resourcePath: '*',
  httpMethod: '*',
  rateLimit,
  burstLimit,
});

/** How many of `count` requests at the same instant get in. */
const admittedOf = (throttle: StageThrottle, of: RestMethodModel, count: number, nowMs: number): number =>
  Array.from({ length: count }, () => throttle.bucketOf(of).admit(nowMs)).filter((a) => a === 'admitted')
    .length;

const post = method('POST', '/');
const get = method('GET', '/items/{id}');

describe('StageThrottle', () => {
  it('goes on from the throttle before it: tokens as they are, settings where the template has the same', () => {
    const before = new StageThrottle(stage([post], [everyMethod(1, 9)]), 0);
    before.change({ resourcePath: '*', httpMethod: '*' }, { burstLimit: 3 }, 0);
    expect(admittedOf(before, post, 2, 0)).toBe(2);
    const again = method('POST', '/');
    const same = new StageThrottle(stage([again, get], [everyMethod(1, 9)]), 0, before);
    expect([admittedOf(same, again, 5, 0), admittedOf(same, get, 5, 0)]).toEqual([1, 3]);
    const other = new StageThrottle(stage([again, get], [everyMethod(1, 8)]), 1_000, same);
    expect(other.settings()).toMatchObject([{ burstLimit: 8 }]);
    expect(admittedOf(other, again, 20, 1_000)).toBe(1);
    expect(admittedOf(other, again, 20, 100_000)).toBe(8);
  });

  it('gives every method a bucket of its own (F4)', () => {
    const throttle = new StageThrottle(stage([post, get], [everyMethod(1, 2)]), 0);
    expect(admittedOf(throttle, post, 5, 0)).toBe(2);
    expect(admittedOf(throttle, get, 5, 0)).toBe(2);
  });

  it('lets the setting of one method override the default', () => {
    const own = { resourcePath: '/items/{id}', httpMethod: 'GET', rateLimit: 1, burstLimit: 4 };
    const throttle = new StageThrottle(stage([post, get], [everyMethod(1, 2), own]), 0);
    expect(admittedOf(throttle, get, 9, 0)).toBe(4);
  });

  it('leaves a setting without throttle values at 5,000 (F7), and no setting unthrottled', () => {
    const silent = new StageThrottle(stage([post], [{ resourcePath: '*', httpMethod: '*' }]), 0);
    expect(admittedOf(silent, post, 6000, 0)).toBe(5000);
    const none = new StageThrottle(stage([post], []), 0);
    expect(admittedOf(none, post, 20_000, 0)).toBe(20_000);
  });

  it('binds a change at once, and a lifted limit too', () => {
    const throttle = new StageThrottle(stage([post], [everyMethod(1, 100)]), 0);
    throttle.change({ resourcePath: '*', httpMethod: '*' }, { burstLimit: 3 }, 0);
    expect(admittedOf(throttle, post, 9, 0)).toBe(3);
    throttle.change({ resourcePath: '*', httpMethod: '*' }, { rateLimit: -1, burstLimit: -1 }, 0);
    expect(admittedOf(throttle, post, 9, 1)).toBe(9);
  });

  it('lets the default bind again once a setting is removed', () => {
    const own = { resourcePath: '/', httpMethod: 'POST' };
    const throttle = new StageThrottle(stage([post], [everyMethod(1, 2)]), 0);
    throttle.change(own, { rateLimit: 1, burstLimit: 50 }, 0);
    throttle.remove(own, 0);
    expect(throttle.settings()).toEqual([everyMethod(1, 2)]);
    expect(admittedOf(throttle, post, 9, 60_000)).toBe(2);
  });

  it('admits exactly what an ideal lazily refilled bucket does, whatever rate, burst and arrivals', () => {
    const gapsMs = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 50 }),
        gapsMs,
        (rate, burst, gaps) => {
          const throttle = new StageThrottle(stage([post], [everyMethod(rate, burst)]), 0);
          let nowMs = 0;
          // The ideal counts in thousandths of a token, so that it never rounds.
          let ideal = burst * 1000;
          for (const gapMs of gaps) {
            nowMs += gapMs;
            ideal = Math.min(burst * 1000, ideal + rate * gapMs);
            const isAdmitted = throttle.bucketOf(post).admit(nowMs) === 'admitted';
            // Floating-point refills may be a hair off exactly at a whole token.
            if (Math.abs(ideal - 1000) > 1e-6) expect(isAdmitted).toBe(ideal >= 1000);
            if (isAdmitted) ideal -= 1000;
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('admitRequest', () => {
  it("asks the method's bucket first, so that what it refuses costs the account nothing (F3)", () => {
    const own = new TokenBucket({ rateLimit: 1, burstLimit: 1 }, 0);
    const account = new TokenBucket({ rateLimit: 1, burstLimit: 2 }, 0);
    expect([1, 2, 3].map(() => admitRequest(own, account, 0))).toEqual([true, false, false]);
    expect(account.admit(0)).toBe('admitted');
  });

  it("refuses what the account's bucket refuses", () => {
    const own = new TokenBucket({ rateLimit: 1, burstLimit: 9 }, 0);
    const account = new TokenBucket({ rateLimit: 1, burstLimit: 1 }, 0);
    expect([1, 2].map(() => admitRequest(own, account, 0))).toEqual([true, false]);
  });
});
