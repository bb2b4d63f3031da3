import { coverageOf, lossStage, RUNS } from '../__fixtures__/search-coverage.ts';
import { profiles } from '../__fixtures__/simulated-search.ts';

/**
 * The truth is the rate at which Erlang B refuses ε, exact for any service time (F34). Refusals rise slowly with the
 * rate and come in clumps, so that 100 s at a few hundred a second often prove nothing: that is said, not guessed.
 */
describe('nextStep on 200 stages that are M/G/c/c', () => {
  it.each([
    ['quick', 'exponential', 0.35],
    ['quick', 'uniform', 0.45],
    ['full', 'exponential', 0.9],
    ['full', 'uniform', 0.9],
  ] as const)(
    'brackets the sustained rate in 95 %% of the conclusive runs and recommends no more: %s profile, %s service',
    (profile, service, conclusiveAtLeast) => {
      const found = coverageOf(profile, (seed) => lossStage(seed, service));
      expect(found.containsSustained / found.conclusive).toBeGreaterThanOrEqual(0.95);
      expect(found.tooHigh / found.conclusive).toBeLessThanOrEqual(0.01);
      expect(found.conclusive / RUNS).toBeGreaterThanOrEqual(conclusiveAtLeast);
      expect(found.longestMs).toBeLessThanOrEqual(profiles[profile].discoveryBudgetMs);
    },
  );
});
