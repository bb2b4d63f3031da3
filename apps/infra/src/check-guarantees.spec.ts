import { checkGuarantees } from './check-guarantees.ts';
import type { Client } from './client-schema.ts';

const limits = { rateLimit: 0.3, burstLimit: 30 };
const batchShare = 0.1;
const guaranteed = (ratePerSecond: number, burstRequests: number): Client => ({
  name: `team-${ratePerSecond}`,
  guaranteed: { ratePerSecond, burstRequests },
});

describe('checkGuarantees', () => {
  it.each<[string, Client[]]>([
    ['no client', []],
    ['clients that share it all out, to the last digit', [guaranteed(0.1, 10), guaranteed(0.2, 20)]],
    ['a client without a guarantee beside them', [guaranteed(0.3, 30), { name: 'load-test' }]],
  ])('lets %s pass', (_what, clients) => {
    expect(() => checkGuarantees('dev', { clients, batchShare }, limits)).not.toThrow();
  });

  it('refuses guarantees of more than the rate: found, wanted, next', () => {
    const clients = [guaranteed(0.1, 1), guaranteed(0.21, 1)];
    expect(() => checkGuarantees('dev', { clients, batchShare }, limits)).toThrow(
      expect.objectContaining({
        code: 'GUARANTEES_TOO_HIGH',
        message:
          'stages.json: dev: clients are guaranteed 0.31 requests/s, want at most rateLimit 0.3 of throttle.dev.json; lower what is guaranteed, or measure higher limits with npx nx run loadtest --stage=dev',
      }),
    );
  });

  it('refuses bursts of more than the burst limit', () => {
    const clients = [guaranteed(0.1, 10), guaranteed(0.2, 21)];
    expect(() => checkGuarantees('dev', { clients, batchShare }, limits)).toThrow(
      /bursts of 31 requests, want at most burstLimit 30/,
    );
  });

  it('names both in one line', () => {
    expect(() => checkGuarantees('dev', { clients: [guaranteed(1, 31)], batchShare }, limits)).toThrow(
      /1 requests\/s, .* and bursts of 31 requests/,
    );
  });

  // Three batches are the stage's: a tenth of 30.
  it.each([
    ['one batch each, which is the least', [guaranteed(0.1, 1), guaranteed(0.02, 1), guaranteed(0.03, 1)]],
    ['three batches, rounded down', [guaranteed(0.1, 29), guaranteed(0.2, 1)]],
  ])('lets bursts of three batches pass: %s', (_what, clients) => {
    expect(() => checkGuarantees('dev', { clients, batchShare }, limits)).not.toThrow();
  });

  it('refuses bursts of more batches than the stage has, where those of entries fit', () => {
    const clients = [0.01, 0.02, 0.03, 0.04].map((rate) => guaranteed(rate, 1));
    expect(() => checkGuarantees('dev', { clients, batchShare }, limits)).toThrow(
      'stages.json: dev: clients are guaranteed bursts of 4 batches, want at most 3, batchShare 0.1 × burstLimit of throttle.dev.json; lower what is guaranteed, raise batchShare, or measure higher limits with npx nx run loadtest --stage=dev',
    );
    expect(() => checkGuarantees('dev', { clients, batchShare: 0.14 }, limits)).not.toThrow();
  });
});
