import { shareAbove, shareError } from './slow-share.ts';

const quantiles = [
  { ratio: 0.5, valueMs: 1 },
  { ratio: 0.95, valueMs: 500 },
  { ratio: 0.99, valueMs: 900 },
  { ratio: 0.999, valueMs: 990 },
];

describe('shareAbove', () => {
  it.each([
    ['lies between the percentiles around the limit', 600, 0.01, 0.05],
    ['counts a percentile at the limit as within', 500, 0.01, 0.05],
    ['is at most what the last percentile leaves', 1_000, 0, 0.001],
    ['is at least what the first percentile leaves', 0.5, 0.5, 1],
  ])('%s', (_what, limitMs, least, most) => {
    const share = shareAbove(limitMs, quantiles);
    expect(share.least).toBeCloseTo(least, 12);
    expect(share.most).toBeCloseTo(most, 12);
  });

  it('knows nothing without percentiles', () => {
    expect(shareAbove(1, [])).toEqual({ least: 0, most: 1 });
  });
});

describe('shareError', () => {
  it.each([
    ['inside', 0.04, 0.06, 0],
    ['too little', 0, 0.04, 0.2],
    ['too much', 0.06, 0.1, 0.2],
  ])('of a share that is %s', (_what, least, most, expected) => {
    expect(shareError({ least, most }, 0.05)).toBeCloseTo(expected, 12);
  });
});
