import { missingMetrics } from './missing-metrics.ts';

const expected = { gatewayRequests: 120, invocations: 100 };

describe('missingMetrics', () => {
  it.each([
    ['nothing where the counts agree', expected, []],
    ['nothing where others sent as well', { gatewayRequests: 500, invocations: 400 }, []],
    ['the one that lags', { gatewayRequests: 120, invocations: 99 }, ['function invocations 99 of 100']],
    [
      'both, where nothing was published yet',
      { gatewayRequests: 0, invocations: 0 },
      ['gateway requests 0 of 120', 'function invocations 0 of 100'],
    ],
  ])('is %s', (_what, seen, missing) => {
    expect(missingMetrics(expected, seen)).toEqual(missing);
  });
});
