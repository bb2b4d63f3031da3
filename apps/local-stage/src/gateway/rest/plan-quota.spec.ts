import { PlanQuota } from './plan-quota.ts';

type Period = 'DAY' | 'WEEK' | 'MONTH';

const quotaOf = (period: Period, limit: number, offset = 0): PlanQuota =>
  new PlanQuota({ limit, offset, period });
const admitted = (quota: PlanQuota, times: number, wallMs: number): number =>
  Array.from({ length: times }, () => quota.take(wallMs)).filter((verdict) => verdict === 'admitted').length;

describe('PlanQuota', () => {
  it.each<[Period, string, string]>([
    ['DAY', '2026-11-23T23:59:59.999Z', '2026-11-24T00:00:00.000Z'],
    // A Sunday and the Monday after it.
    ['WEEK', '2026-11-22T23:59:59.999Z', '2026-11-23T00:00:00.000Z'],
    ['MONTH', '2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z'],
    ['MONTH', '2026-12-31T23:59:59.999Z', '2027-01-01T00:00:00.000Z'],
  ])('gives its limit in each %s, until %s and again from %s', (period, last, first) => {
    const quota = quotaOf(period, 3);
    expect(admitted(quota, 5, Date.parse(last))).toBe(3);
    expect(admitted(quota, 5, Date.parse(first))).toBe(3);
  });

  it('keeps a week together from Monday to Sunday', () => {
    const quota = quotaOf('WEEK', 1);
    expect(admitted(quota, 1, Date.parse('2026-11-23T00:00:00Z'))).toBe(1);
    expect(admitted(quota, 1, Date.parse('2026-11-29T23:59:59Z'))).toBe(0);
  });

  it('takes the offset off the first period only (F11)', () => {
    const quota = quotaOf('DAY', 5, 4);
    expect(admitted(quota, 9, 0)).toBe(1);
    expect(admitted(quota, 9, 86_400_000)).toBe(5);
  });

  it('gives nothing back when the clock does', () => {
    const quota = quotaOf('DAY', 1);
    expect([quota.take(86_400_000), quota.take(0)]).toEqual(['admitted', 'quota-exceeded']);
  });
});
