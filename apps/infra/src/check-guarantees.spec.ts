import { checkGuarantees } from './check-guarantees.ts';
import type { Client } from './client-schema.ts';

const limits = { rateLimit: 0.3, burstLimit: 30 };
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
    expect(() => checkGuarantees('dev', { clients }, limits)).not.toThrow();
  });

  it('refuses guarantees of more than the rate: found, wanted, next', () => {
    const clients = [guaranteed(0.1, 1), guaranteed(0.21, 1)];
    expect(() => checkGuarantees('dev', { clients }, limits)).toThrow(
      expect.objectContaining({
        code: 'GUARANTEES_TOO_HIGH',
        message:
          'stages.json: dev: clients are guaranteed 0.31 requests/s, want at most rateLimit 0.3 of throttle.dev.json; lower what is guaranteed, or measure higher limits with npx nx run loadtest --stage=dev',
      }),
    );
  });

  it('refuses bursts of more than the burst limit', () => {
    const clients = [guaranteed(0.1, 10), guaranteed(0.2, 21)];
    expect(() => checkGuarantees('dev', { clients }, limits)).toThrow(
      /bursts of 31 requests, want at most burstLimit 30/,
    );
  });

  it('names both in one line', () => {
    expect(() => checkGuarantees('dev', { clients: [guaranteed(1, 31)] }, limits)).toThrow(
      /1 requests\/s, .* and bursts of 31 requests/,
    );
  });
});
