import { OnDemandGrowth, TABLE_QUOTA_PER_SECOND } from './on-demand-growth.ts';

const MINUTE_MS = 60_000;

describe('OnDemandGrowth', () => {
  it('starts with what it is given', () => {
    expect(new OnDemandGrowth(4_000, 0).capacityPerSecond(0)).toBe(4_000);
  });

  it.each([
    ['the minute is not over', MINUTE_MS - 1, 4_000],
    ['the peak is not 30 minutes old', 31 * MINUTE_MS - 1, 4_000],
    ['the peak is 30 minutes old', 31 * MINUTE_MS, 6_000],
    ['much later', 600 * MINUTE_MS, 6_000],
  ])(
    'takes twice the mean rate of a minute, 3,000/s, as soon as it is settled: %s',
    (_why, nowMs, capacity) => {
      const growth = new OnDemandGrowth(4_000, 0);
      growth.consume(3_000 * 60, 10);
      expect(growth.capacityPerSecond(nowMs)).toBe(capacity);
    },
  );

  it('never falls below its start, nor below a peak it has had', () => {
    const growth = new OnDemandGrowth(4_000, 0);
    growth.consume(60, 0);
    expect(growth.capacityPerSecond(31 * MINUTE_MS)).toBe(4_000);
    growth.consume(5_000 * 60, 31 * MINUTE_MS);
    growth.consume(60, 32 * MINUTE_MS);
    expect(growth.capacityPerSecond(120 * MINUTE_MS)).toBe(10_000);
  });

  it('takes no more than the quota of a table (F42)', () => {
    const growth = new OnDemandGrowth(4_000, 0);
    growth.consume(30_000 * 60, 0);
    expect(growth.capacityPerSecond(31 * MINUTE_MS)).toBe(TABLE_QUOTA_PER_SECOND);
  });

  it('counts what was given back as not consumed', () => {
    const growth = new OnDemandGrowth(4_000, 0);
    growth.consume(9_000 * 60, 0);
    growth.consume(-9_000 * 60, 1);
    expect(growth.capacityPerSecond(31 * MINUTE_MS)).toBe(4_000);
  });
});
