import { startDeadline } from './deadline.ts';

describe('startDeadline', () => {
  // Not Jest's fake timers: they do not reach AbortSignal.timeout.
  const waitOf = (budgetMs: number, remainingMs: number) => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    const signal = startDeadline(budgetMs, remainingMs);
    const [call] = timeout.mock.calls;
    timeout.mockRestore();
    return { waitMs: call?.[0], isOver: signal.aborted };
  };

  it.each([
    ['the budget, with time to spare', 3_000, 29_000, 3_000],
    ['the budget, at the last millisecond', 3_000, 3_500, 3_000],
    ['what remains but for a margin, a millisecond later', 3_000, 3_499, 2_999],
    ['a whole number', 3_000, 3_400.7, 2_900],
    ['the last millisecond', 3_000, 501, 1],
  ])('waits for %s', (_name, budgetMs, remainingMs, waitMs) => {
    expect(waitOf(budgetMs, remainingMs)).toEqual({ waitMs, isOver: false });
  });

  it.each([500, 0, -100])('is over at once with %d ms remaining', (remainingMs) => {
    expect(waitOf(3_000, remainingMs)).toEqual({ waitMs: undefined, isOver: true });
  });
});
