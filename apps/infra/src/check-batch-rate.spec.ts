import { checkBatchRate } from './check-batch-rate.ts';

const stage = { deploy: 'any-limits', batchShare: 0.1 } as const;
const limits = (rateLimit: number) => ({ rateLimit, burstLimit: 2 });

describe('checkBatchRate', () => {
  it.each([
    ['one batch a second', stage, 1000],
    ['one batch a minute, and a little more', stage, 16.67],
    ['one batch a minute of a share that says so', { ...stage, batchShare: 0.5 }, 3.334],
    ['one batch in a quarter of an hour, played on this machine', { ...stage, deploy: 'never' as const }, 1],
  ])('lets %s pass', (_what, description, rateLimit) => {
    expect(() => checkBatchRate('dev', description, limits(rateLimit))).not.toThrow();
  });

  it('refuses less than one batch a minute: found, wanted, next', () => {
    expect(() => checkBatchRate('dev', stage, limits(16.6))).toThrow(
      expect.objectContaining({
        code: 'BATCHES_TOO_SLOW',
        message:
          'stages.json: dev: one batch in 60 s by batchShare 0.1 of rateLimit 16.6, want at least one a minute; say "batchShare": 0.101, or measure higher limits with npx nx run loadtest --stage=dev',
      }),
    );
    expect(() => checkBatchRate('dev', { ...stage, batchShare: 0.101 }, limits(16.6))).not.toThrow();
  });

  it('names no share where none would do', () => {
    expect(() => checkBatchRate('dev', stage, limits(1))).toThrow(
      /one batch in 1000 s .* want at least one a minute; measure higher limits/,
    );
  });
});
