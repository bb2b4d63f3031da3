import { seededRandom } from '../__fixtures__/random.ts';
import { simulateSearch } from '../__fixtures__/simulated-search.ts';
import { targets } from '../__fixtures__/simulated-stage.ts';
import type { SearchSettings } from './search-settings.ts';

/** Narrower and shorter than either profile. */
const narrow: SearchSettings = {
  startPerSecond: 100,
  maxPerSecond: 8000,
  holdMs: 4000,
  warmUpMs: 1000,
  bracketRatio: 0.1,
  repeats: 1,
  discoveryBudgetMs: 90_000,
  targets,
};

describe('nextStep on 100 stages of known capacity, by the arrivals', () => {
  const runs = 100;

  it.each([
    ['CPU-bound service', 'uniform', 'poisson', 0, 0.9],
    ['CPU-bound service, even arrivals', 'uniform', 'constant', 0, 0.95],
    ['exponential service, even arrivals', 'exponential', 'constant', 0, 0.75],
    ['CPU-bound service, 5 % of the steps have an accident', 'uniform', 'constant', 0.05, 0.95],
  ] as const)(
    'brackets it in 95 %% of the conclusive runs: %s',
    (_name, service, arrivals, accidentRatio, conclusiveAtLeast) => {
      let conclusive = 0;
      let contained = 0;
      for (let seed = 1; seed <= runs; seed += 1) {
        const capacityPerSecond = 300 + 1200 * seededRandom(7919 * seed)();
        const stage = { servers: 4, capacityPerSecond, service, accidentRatio };
        const { estimate, spentMs } = simulateSearch(stage, narrow, arrivals, seed);
        expect(spentMs).toBeLessThanOrEqual(narrow.discoveryBudgetMs);
        if (!estimate.conclusive) continue;
        conclusive += 1;
        // The SLO ends a little below the capacity: with n = capacity · T, at about 1 − ln(1/ε) / 2n (D/M/c tail).
        const sustained = capacityPerSecond * (1 - 2.3 / (capacityPerSecond * 0.5));
        const { lowerPerSecond, upperPerSecond } = estimate;
        if ((lowerPerSecond ?? 0) <= capacityPerSecond && (upperPerSecond ?? 0) >= sustained) contained += 1;
      }
      expect(contained / conclusive).toBeGreaterThanOrEqual(0.95);
      expect(conclusive / runs).toBeGreaterThanOrEqual(conclusiveAtLeast);
    },
  );
});
