import fc from 'fast-check';
import type { TableThroughput } from '../../template/table-throughput.ts';
import { AccessCapacity, type Access } from './access-capacity.ts';
import { KeyBuckets } from './key-buckets.ts';

const provisioned = (perSecond: number): TableThroughput => ({
  billingMode: 'PROVISIONED',
  write: { provisionedPerSecond: perSecond },
  read: { provisionedPerSecond: perSecond },
});
const onDemand = (declared: TableThroughput['write'] = {}): TableThroughput => ({
  billingMode: 'PAY_PER_REQUEST',
  write: declared,
  read: declared,
});

/** Units admitted of single ones asked for at once, each for a key of its own. */
const admittedAtOnce = (capacity: AccessCapacity, asked: number, nowMs: number): number => {
  let admitted = 0;
  for (let index = 0; index < asked; index += 1) {
    if (capacity.admit(`${nowMs} ${index}`, 1, nowMs) === null) admitted += 1;
  }
  return admitted;
};

describe('AccessCapacity', () => {
  it.each<[string, Access, TableThroughput, number]>([
    ['5 provisioned with 300 s of burst credit (F44)', 'write', provisioned(5), 1_500],
    ['the default of a provisioned table (F44)', 'read', { ...provisioned(1), read: {} }, 1_500],
    ['a new on-demand table, writes (F40)', 'write', onDemand(), 4_000],
    ['a new on-demand table, reads (F40)', 'read', onDemand(), 12_000],
    ['a maximum on demand (F45)', 'write', onDemand({ maximumPerSecond: 20 }), 20],
    ['a maximum over what the table takes', 'write', onDemand({ maximumPerSecond: 9_000 }), 4_000],
    ['warm throughput', 'write', onDemand({ warmPerSecond: 7_000 }), 7_000],
    ['warm throughput over the quota of a table (F42)', 'write', onDemand({ warmPerSecond: 90_000 }), 40_000],
  ])('admits at once of %s, %s', (_why, access, throughput, units) => {
    expect(admittedAtOnce(new AccessCapacity(access, throughput, 0), units + 10, 0)).toBe(units);
  });

  it.each<[TableThroughput, string]>([
    [provisioned(1), 'ProvisionedThroughputExceeded'],
    [onDemand({ maximumPerSecond: 300 }), 'MaxOnDemandThroughputExceeded'],
    [onDemand({ warmPerSecond: 40_000 }), 'AccountLimitExceeded'],
    [onDemand(), 'KeyRangeThroughputExceeded'],
  ])('says which limit it was: %# %s', (throughput, limitType) => {
    const capacity = new AccessCapacity('write', throughput, 0);
    admittedAtOnce(capacity, 40_000, 0);
    expect(capacity.admit('another', 1, 0)).toBe(limitType);
  });

  it.each<[Access, number]>([
    ['write', 1_000],
    ['read', 3_000],
  ])('%s: one partition key value gets the throughput of one partition (F41)', (access, perSecond) => {
    const capacity = new AccessCapacity(access, onDemand(), 0);
    for (let unit = 0; unit < perSecond; unit += 1) expect(capacity.admit('hot', 1, 0)).toBeNull();
    expect(capacity.admit('hot', 1, 0)).toBe('KeyRangeThroughputExceeded');
    expect(capacity.admit('other', 1, 0)).toBeNull();
    expect(capacity.admit('hot', 1, 1)).toBeNull();
  });

  it('refills a provisioned table at its rate once the credit is used up', () => {
    const capacity = new AccessCapacity('write', provisioned(5), 0);
    admittedAtOnce(capacity, 1_500, 0);
    expect(admittedAtOnce(capacity, 100, 2_000)).toBe(10);
  });

  it('grows to twice the peak of half an hour ago', () => {
    const capacity = new AccessCapacity('write', onDemand(), 0);
    for (let second = 0; second < 60; second += 1) admittedAtOnce(capacity, 3_000, second * 1000);
    expect(admittedAtOnce(capacity, 9_000, 20 * 60_000)).toBe(4_000);
    expect(admittedAtOnce(capacity, 9_000, 40 * 60_000)).toBe(6_000);
  });

  it('admits no more than size + rate × elapsed, whatever comes', () => {
    const calls = fc.array(
      fc.record({ gapMs: fc.nat(2_000), units: fc.integer({ min: 1, max: 400 }), key: fc.nat(3) }),
      { maxLength: 150 },
    );
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 500 }), calls, (perSecond, sent) => {
        const capacity = new AccessCapacity('write', provisioned(perSecond), 0);
        let nowMs = 0;
        let admitted = 0;
        for (const { gapMs, units, key } of sent) {
          nowMs += gapMs;
          if (capacity.admit(String(key), units, nowMs) === null) admitted += units;
        }
        expect(admitted).toBeLessThanOrEqual(300 * perSecond + (perSecond * nowMs) / 1000 + 1e-6);
      }),
    );
  });
});

describe('KeyBuckets', () => {
  it('forgets keys that have rested, and no debt', () => {
    const keys = new KeyBuckets(1_000, 0);
    for (let key = 0; key < 100; key += 1) keys.charge(`rested ${key}`, 1, 0);
    keys.charge('in debt', 10_000, 0);
    keys.charge('new', 1, 2_000);
    expect(keys.size).toBe(2);
    expect(keys.has('in debt', 1, 2_000)).toBe(false);
  });
});
