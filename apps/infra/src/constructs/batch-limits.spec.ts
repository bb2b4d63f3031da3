import { batchLimits } from './batch-limits.ts';

describe('batchLimits', () => {
  it.each([
    ['a tenth of the entries, a hundred to a request', { rateLimit: 1000, burstLimit: 2000 }, 0.1, 1, 200],
    ['less than a request a second', { rateLimit: 50, burstLimit: 100 }, 0.1, 0.05, 10],
    ['a size rounded down', { rateLimit: 100, burstLimit: 19 }, 0.1, 0.1, 1],
    ['a size of one request at least', { rateLimit: 100, burstLimit: 9 }, 0.1, 0.1, 1],
    ['all of it', { rateLimit: 100, burstLimit: 9 }, 1, 1, 9],
  ])('gives batches %s', (_what, bucket, share, rateLimit, burstLimit) => {
    const batch = batchLimits(bucket, share);
    expect(batch.rateLimit).toBeCloseTo(rateLimit, 12);
    expect(batch.burstLimit).toBe(burstLimit);
  });
});
