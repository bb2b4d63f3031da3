import { Ledger } from './ledger.ts';

function ledgerOf(endings: readonly string[]): Ledger {
  const ledger = new Ledger();
  for (const ending of endings) ledger.settle(ledger.send(), { ending }, 5);
  return ledger;
}

describe('Ledger', () => {
  it('tells served, refused and failed apart', () => {
    expect(ledgerOf(['200', '429', '500', '503', '502', 'ECONNRESET']).tally()).toEqual({
      sent: 6,
      served: 1,
      refused: 3,
      failed: 2,
      endings: { '200': 1, '429': 1, '500': 1, '503': 1, '502': 1, ECONNRESET: 1 },
      notServed: [1, 2, 3, 4, 5],
      repeatedRequestIds: 0,
    });
  });

  it('takes latencies of what was served only', () => {
    const ledger = new Ledger();
    ledger.settle(ledger.send(), { ending: '200' }, 7);
    ledger.settle(ledger.send(), { ending: '503' }, 30_000);
    expect(ledger.latencyMs()).toEqual({ p50: 7, p99: 7 });
    expect(ledgerOf(['503']).latencyMs()).toBeNull();
  });

  it('counts a request id that a second answer carries', () => {
    const ledger = new Ledger();
    for (const requestId of ['a', 'b', 'a', undefined, undefined]) {
      ledger.settle(ledger.send(), { ending: '200', requestId }, 1);
    }
    expect(ledger.tally().repeatedRequestIds).toBe(1);
  });

  it('refuses a second ending of one request', () => {
    const ledger = ledgerOf(['200']);
    expect(() => ledger.settle(0, { ending: '200' }, 1)).toThrow('found a second answer');
  });
});
