import { generatorPlan } from './generator-plan.ts';

describe('generatorPlan', () => {
  it('stops the server for 1 s every 10 s, for 40 s', () => {
    const { stalls, stallSpanMs } = generatorPlan(3, 10, false);
    expect([stalls, stallSpanMs]).toEqual([{ everyMs: 10_000, forMs: 1_000 }, 40_000]);
  });

  it.each([
    ['a look', 1, true],
    ['a whole run', 10, false],
  ])('asks tools for whole seconds in %s', (_what, seconds, isLook) => {
    const { spanMs, shortMs, longMs, stallSpanMs } = generatorPlan(1, seconds, isLook);
    for (const span of [spanMs, shortMs, longMs, stallSpanMs]) expect(span % 1_000).toBe(0);
    expect(longMs).toBeGreaterThan(shortMs);
  });

  it('leaves a stall time to be over before the next', () => {
    const { stalls } = generatorPlan(1, 1, true);
    expect(stalls.everyMs).toBeGreaterThanOrEqual(3 * stalls.forMs);
  });
});
