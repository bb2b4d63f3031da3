import { othersShare } from './others-suffer.ts';

const none = { requests: 0, failed: 0, slow: 0 };

describe('othersShare', () => {
  it.each([
    ['nobody else sends', { requests: 900, failed: 40, slow: 90 }, { requests: 900, failed: 40, slow: 90 }],
    [
      'the run may have done all of it',
      { requests: 950, failed: 40, slow: 90 },
      { requests: 900, failed: 41, slow: 95 },
    ],
    ['two of theirs failed', { requests: 20, failed: 2, slow: 0 }, none],
    ['few of many failed', { requests: 1000, failed: 12, slow: 0 }, none],
    ['few of many were slow', { requests: 1000, failed: 0, slow: 12 }, none],
  ])('finds nothing where %s', (_what, all, own) => {
    expect(othersShare(all, own, 0.01).suffering).toBeNull();
  });

  it.each([
    [{ requests: 1000, failed: 40, slow: 0 }, none, '40 of 1000 requests failed (5xx)'],
    [{ requests: 1000, failed: 0, slow: 40 }, none, '40 of 1000 requests were slower than the SLO'],
    [
      { requests: 1100, failed: 90, slow: 10 },
      { requests: 1000, failed: 70, slow: 10 },
      '20 of 100 requests failed (5xx)',
    ],
    [
      { requests: 1003, failed: 3, slow: 3 },
      { requests: 1000, failed: 0, slow: 0 },
      '3 of 3 requests failed (5xx), 3 of 3 requests were slower than the SLO',
    ],
  ])('says what others suffer: %j less %j', (all, own, suffering) => {
    expect(othersShare(all, own, 0.01).suffering).toBe(suffering);
  });

  it('asks for more than the SLO allows even at the lower bound', () => {
    const share = (failed: number) => othersShare({ requests: 200, failed, slow: 0 }, none, 0.01).suffering;
    // Clopper-Pearson's one-sided lower 95 % bound of 5 in 200 is 0.99 %, of 6 in 200 it is 1.3 %.
    expect([share(5), share(6)]).toEqual([null, '6 of 200 requests failed (5xx)']);
  });
});
