import { coverageOf, cpuBoundStage, RUNS } from '../__fixtures__/search-coverage.ts';
import { profiles } from '../__fixtures__/simulated-search.ts';

/**
 * The truth is the capacity c / E[S], from which on the queue grows for ever. The SLO ends a little below it, but
 * between the two the queue takes minutes to build up, longer than any step holds: see the README for how often the
 * bracket holds that rate.
 */
describe('nextStep on 200 CPU-bound stages of 300 to 1,500/s', () => {
  it.each([
    ['quick', 'exponential'],
    ['quick', 'uniform'],
    ['full', 'exponential'],
    ['full', 'uniform'],
  ] as const)(
    'brackets the capacity in 95 %% of the conclusive runs and recommends no more: %s profile, %s service',
    (profile, service) => {
      const found = coverageOf(profile, (seed) => cpuBoundStage(seed, service));
      expect(found.containsCapacity / found.conclusive).toBeGreaterThanOrEqual(0.95);
      expect(found.overlapsTruth / found.conclusive).toBeGreaterThanOrEqual(0.97);
      expect(found.tooHigh / found.conclusive).toBeLessThanOrEqual(0.01);
      expect(found.conclusive).toBeGreaterThanOrEqual(0.97 * RUNS);
      expect(found.longestMs).toBeLessThanOrEqual(profiles[profile].discoveryBudgetMs);
    },
  );

  it('brackets it in 90 % where every twentieth step has an accident that nobody noticed', () => {
    const found = coverageOf('quick', (seed) => cpuBoundStage(seed, 'uniform', 0.05));
    expect(found.overlapsTruth / found.conclusive).toBeGreaterThanOrEqual(0.9);
    expect(found.tooHigh).toBe(0);
  });
});
