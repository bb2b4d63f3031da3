import fc from 'fast-check';
import type { HttpStageModel } from '../../template/http-api/http-stage-model.ts';
import { route, stageOf } from '../__fixtures__/http-api-stage.ts';
import { HttpStageThrottle } from './http-api-throttle.ts';

const ROUTES = [route('GET /a'), route('POST /a'), route('$default')];

const throttleOf = (changes: Partial<HttpStageModel>): HttpStageThrottle =>
  new HttpStageThrottle(stageOf(ROUTES, changes), 0);

/** How many of `count` requests at the same instant get in. */
const admittedOf = (throttle: HttpStageThrottle, routeKey: string, count: number, nowMs: number): number =>
  Array.from({ length: count }, () => throttle.bucketOf(routeKey).admit(nowMs)).filter(
    (outcome) => outcome === 'admitted',
  ).length;

describe('HttpStageThrottle', () => {
  it('gives every route a bucket of its own under the default (F4)', () => {
    const throttle = throttleOf({ defaultRouteSetting: { rateLimit: 1, burstLimit: 3 } });
    expect(admittedOf(throttle, 'GET /a', 5, 0)).toBe(3);
    expect(admittedOf(throttle, 'POST /a', 5, 0)).toBe(3);
    expect(admittedOf(throttle, '$default', 5, 0)).toBe(3);
  });

  it('binds a route by its own setting, value by value, and the others by the default', () => {
    const throttle = throttleOf({
      defaultRouteSetting: { rateLimit: 1, burstLimit: 4 },
      routeSettings: { 'GET /a': { rateLimit: 2 }, 'POST /a': { burstLimit: 1 } },
    });
    expect(admittedOf(throttle, 'GET /a', 9, 0)).toBe(4);
    expect(admittedOf(throttle, 'GET /a', 9, 1000)).toBe(2);
    expect(admittedOf(throttle, 'POST /a', 9, 0)).toBe(1);
    expect(admittedOf(throttle, '$default', 9, 0)).toBe(4);
  });

  it('goes on from the throttle before it: tokens as they are, settings where the template has the same', () => {
    const declared = { defaultRouteSetting: { rateLimit: 1, burstLimit: 9 } };
    const before = throttleOf(declared);
    before.changeDefault({ burstLimit: 3 }, 0);
    expect(admittedOf(before, 'GET /a', 2, 0)).toBe(2);
    const same = new HttpStageThrottle(stageOf(ROUTES, declared), 0, before);
    expect([admittedOf(same, 'GET /a', 5, 0), admittedOf(same, 'POST /a', 5, 0)]).toEqual([1, 3]);
    const other = new HttpStageThrottle(stageOf(ROUTES, { defaultRouteSetting: { burstLimit: 8 } }), 0, same);
    expect(other.defaultSetting()).toEqual({ burstLimit: 8 });
  });

  it('leaves a route without any setting to the account', () => {
    expect(admittedOf(throttleOf({}), 'GET /a', 10_000, 0)).toBe(10_000);
  });

  it('refuses everything at a limit of 0', () => {
    const throttle = throttleOf({ routeSettings: { 'GET /a': { rateLimit: 0, burstLimit: 0 } } });
    expect(admittedOf(throttle, 'GET /a', 3, 60_000)).toBe(0);
  });

  it('changes what binds while it serves, and goes back to the default', () => {
    const throttle = throttleOf({ defaultRouteSetting: { rateLimit: 1, burstLimit: 5 } });
    throttle.changeRoute('GET /a', { burstLimit: 2 }, 0);
    expect(admittedOf(throttle, 'GET /a', 9, 0)).toBe(2);
    expect(admittedOf(throttle, 'POST /a', 9, 0)).toBe(5);
    throttle.changeDefault({ rateLimit: 1000 }, 0);
    expect(admittedOf(throttle, 'POST /a', 9, 3)).toBe(3);
    expect(throttle.removeRoute('GET /a', 3)).toBe(true);
    expect(throttle.removeRoute('GET /a', 3)).toBe(false);
    expect(admittedOf(throttle, 'GET /a', 9, 1003)).toBe(5);
    expect([throttle.defaultSetting(), [...throttle.routeSettings()]]).toEqual([
      { rateLimit: 1000, burstLimit: 5 },
      [],
    ]);
  });

  it('lets the route say whether it has metrics of its own, else the default (F61)', () => {
    const throttle = throttleOf({
      defaultRouteSetting: { detailedMetrics: true },
      routeSettings: { 'GET /a': { detailedMetrics: false } },
    });
    expect([throttle.isDetailed('GET /a'), throttle.isDetailed('POST /a')]).toEqual([false, true]);
    expect(throttleOf({}).isDetailed('GET /a')).toBe(false);
  });

  it('never admits more than burst + rate × elapsed of one route', () => {
    const limit = fc.integer({ min: 0, max: 50 });
    const limits = fc.record({ rateLimit: limit, burstLimit: limit });
    const gapsMs = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 200 });
    fc.assert(
      fc.property(limits, gapsMs, (setting, gaps) => {
        const throttle = throttleOf({ defaultRouteSetting: setting });
        let nowMs = 0;
        let admitted = 0;
        for (const gap of gaps) {
          nowMs += gap;
          admitted += admittedOf(throttle, 'GET /a', 1, nowMs);
        }
        expect(admitted).toBeLessThanOrEqual(setting.burstLimit + (setting.rateLimit * nowMs) / 1000);
      }),
    );
  });
});
