import { plainStage } from './__fixtures__/configuration.ts';
import { stageSchema } from './stage-schema.ts';
import type { StageInput } from './stage-schema.ts';

const client = (name: string) => ({ name, guaranteed: { ratePerSecond: 1, burstRequests: 1 } });
const clients = (count: number) => Array.from({ length: count }, (_, index) => client(`team-${index}`));

describe('stageSchema', () => {
  it('fills in what most stages want: signed requests to a REST API, AWS-owned keys, a free endpoint', () => {
    expect(stageSchema.parse(plainStage)).toEqual({
      ...plainStage,
      api: 'rest',
      auth: 'iam',
      clients: [],
      batchShare: 0.1,
      rollout: 'all-at-once',
      tableEndpoint: 'gateway',
      encryption: 'aws-owned',
      deletionProtection: false,
      latencyAlarmMs: 500,
      tags: {},
    });
  });

  it.each<[string, Partial<StageInput>]>([
    ['as many clients as a stack holds', { clients: clients(100) }],
    ['a client without a guarantee', { clients: [{ name: 'load-test' }] }],
    ['a firewall in front of a REST API', { api: 'rest', firewall: { requestsPerFiveMinutes: 10 } }],
    ['an HTTP API', { api: 'http' }],
    ['batches that double the load', { batchShare: 1 }],
    ['a table that was warmed for more', { warmWriteUnitsPerSecond: 4000 }],
    ['a protected table that stays', { deletionProtection: true, tableRemoval: 'retain' }],
    ['tags', { tags: { 'cost-centre': 'a b' } }],
  ])('takes %s', (_what, change) => {
    expect(stageSchema.parse({ ...plainStage, ...change })).toMatchObject(change);
  });

  it.each<[string, object, RegExp]>([
    ['one client more', { clients: clients(101) }, /clients.*100/s],
    ['two clients of one name', { clients: [client('a'), client('a')] }, /a name of its own/],
    ['a client whose name no resource can have', { clients: [client('Team A')] }, /name/],
    [
      'a guarantee of nothing',
      { clients: [{ name: 'a', guaranteed: { ratePerSecond: 0, burstRequests: 1 } }] },
      />0/,
    ],
    ['clients of an HTTP API', { api: 'http', clients: clients(1) }, /no client plans \(F6\)/],
    [
      'a firewall in front of an HTTP API',
      { api: 'http', firewall: { requestsPerFiveMinutes: 10 } },
      /no firewall \(F6\)/,
    ],
    ['a firewall that blocks sooner than AWS can tell', { firewall: { requestsPerFiveMinutes: 9 } }, />=10/],
    ['batches of no share', { batchShare: 0 }, />0/],
    ['batches of more than the limits', { batchShare: 1.01 }, /<=1/],
    ['a table warmed for less than every new one takes', { warmWriteUnitsPerSecond: 3999 }, />=4000/],
    [
      'a protected table that goes with its stack',
      { deletionProtection: true, tableRemoval: 'destroy' },
      /tableRemoval.*want .*retain/s,
    ],
    ['a tag that AWS keeps for itself', { tags: { 'aws:stage': 'dev' } }, /aws:stage|tags/],
    ['an account without a Region', { account: '123456789012' }, /together/],
  ])('refuses %s', (_what, change, message) => {
    expect(() => stageSchema.parse({ ...plainStage, ...change })).toThrow(message);
  });
});
