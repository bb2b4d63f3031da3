import type { RetryPolicy } from './client-model.ts';
import { BUDGET_RESERVE, RetryDecision } from './retry-decision.ts';

const policy: RetryPolicy = { attempts: 5, baseMs: 100, capMs: 500, budgetRatio: null };
const decision = (changes: Partial<RetryPolicy>, uniform = () => 0.999) =>
  new RetryDecision({ count: 2, plan: null, retry: { ...policy, ...changes } }, uniform);

describe(RetryDecision.name, () => {
  it.each([
    [0, 100],
    [1, 200],
    [2, 400],
    [3, 500],
  ])('waits after attempt %i at most %i ms, jittered down to 0', (attempt, mostMs) => {
    expect(decision({}).waitMs(0, attempt)).toBeCloseTo(0.999 * mostMs, 9);
    expect(decision({}, () => 0).waitMs(0, attempt)).toBe(0);
  });

  it('gives up after the last attempt', () => {
    expect(decision({}).waitMs(0, 3)).toBeLessThan(Infinity);
    expect(decision({}).waitMs(0, 4)).toBe(Infinity);
  });

  it('gives up at once without a policy', () => {
    expect(new RetryDecision({ count: 1, plan: null, retry: null }, () => 0).waitMs(0, 0)).toBe(Infinity);
  });

  it('spends each client’s budget alone, and fills it with new requests', () => {
    const budgeted = decision({ budgetRatio: 0.5 });
    for (let retry = 0; retry < BUDGET_RESERVE; retry += 1)
      expect(budgeted.waitMs(0, 0)).toBeLessThan(Infinity);
    expect(budgeted.waitMs(0, 0)).toBe(Infinity);
    expect(budgeted.waitMs(1, 0)).toBeLessThan(Infinity);
    budgeted.requested(0);
    expect(budgeted.waitMs(0, 0)).toBe(Infinity);
    budgeted.requested(0);
    expect(budgeted.waitMs(0, 0)).toBeLessThan(Infinity);
  });
});
