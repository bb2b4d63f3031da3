import type { UsagePlanModel } from '../../template/rest/usage-plan-model.ts';
import { restMethod } from '../__fixtures__/rest-models.ts';
import { admitClient, UsagePlans, type PlanClients } from './usage-plans.ts';

const key = (value: string, isEnabled = true) => ({ keyId: `id-${value}`, name: value, value, isEnabled });
const stageOf = (stageName: string, methodThrottles = {}) => ({ apiId: 'a', stageName, methodThrottles });

const plan = (own: Partial<UsagePlanModel>): UsagePlanModel => ({
  planId: 'p',
  throttle: { rateLimit: 0.001, burstLimit: 2 },
  quota: null,
  stages: [stageOf('prod')],
  keys: [key('alice'), key('bob')],
  ...own,
});

const get = restMethod({ resourcePath: '/items' });
const post = restMethod({ resourcePath: '/items', httpMethod: 'POST' });

const ask = (clients: PlanClients, value: string, times: number): string[] =>
  Array.from({ length: times }, () => admitClient(clients.get(value)!, 0, 0));

describe('UsagePlans', () => {
  it('gives each key one bucket over all methods and stages of its plan (F5)', () => {
    const plans = new UsagePlans([plan({ stages: [stageOf('prod'), stageOf('beta')] })], 0);
    expect(ask(plans.clientsOf('a', 'prod', get, 0), 'alice', 1)).toEqual(['admitted']);
    expect(ask(plans.clientsOf('a', 'beta', post, 0), 'alice', 2)).toEqual(['admitted', 'throttled']);
    expect(ask(plans.clientsOf('a', 'prod', get, 0), 'bob', 1)).toEqual(['admitted']);
  });

  it.each([
    ['/items/GET', '/items'],
    ['//GET', '/'],
    ['/GET', '/'],
  ])('gives each key a bucket of its own where the plan has a limit for %s', (throttleKey, resourcePath) => {
    const methodThrottles = { [throttleKey]: { rateLimit: 0.001, burstLimit: 1 } };
    const plans = new UsagePlans([plan({ stages: [stageOf('prod', methodThrottles)] })], 0);
    const limited = plans.clientsOf('a', 'prod', restMethod({ resourcePath }), 0);
    expect(ask(limited, 'alice', 2)).toEqual(['admitted', 'throttled']);
    expect(ask(limited, 'bob', 2)).toEqual(['admitted', 'throttled']);
    expect(ask(plans.clientsOf('a', 'prod', post, 0), 'alice', 3)).toEqual([
      'admitted',
      'admitted',
      'throttled',
    ]);
  });

  it.each([
    ['a disabled key', plan({ keys: [key('alice', false)] })],
    ['a key of a plan without this stage', plan({ stages: [stageOf('beta')] })],
    ['a key of a plan for another API', plan({ stages: [{ ...stageOf('prod'), apiId: 'b' }] })],
    ['a key without a plan', plan({ keys: [] })],
  ])('does not know %s (F12)', (_case, model) => {
    expect(new UsagePlans([model], 0).clientsOf('a', 'prod', get, 0).get('alice')).toBeUndefined();
  });

  it('knows a key whose plan has no limits', () => {
    const clients = new UsagePlans([plan({ throttle: null })], 0).clientsOf('a', 'prod', get, 0);
    expect(ask(clients, 'alice', 3)).toEqual(['admitted', 'admitted', 'admitted']);
  });

  it('goes on from the plans before: what is used up stays so, of quotas as long as they are declared the same', () => {
    const quota = { limit: 2, offset: 0, period: 'DAY' as const };
    const before = new UsagePlans([plan({ quota })], 0);
    expect(ask(before.clientsOf('a', 'prod', get, 0), 'alice', 1)).toEqual(['admitted']);
    const same = new UsagePlans([plan({ quota })], 0, before);
    const clients = same.clientsOf('a', 'prod', get, 0);
    expect(ask(clients, 'alice', 2)).toEqual(['admitted', 'quota-exceeded']);
    expect(ask(clients, 'bob', 1)).toEqual(['admitted']);
    const other = new UsagePlans([plan({ quota: { ...quota, limit: 9 } })], 0, same);
    expect(ask(other.clientsOf('a', 'prod', get, 0), 'alice', 1)).toEqual(['throttled']);
  });

  it('asks the quota first, and what it gave stays spent when the throttle refuses', () => {
    const quota = { limit: 3, offset: 0, period: 'DAY' as const };
    const clients = new UsagePlans([plan({ quota })], 0).clientsOf('a', 'prod', get, 0);
    expect(ask(clients, 'alice', 4)).toEqual(['admitted', 'admitted', 'throttled', 'quota-exceeded']);
  });
});
