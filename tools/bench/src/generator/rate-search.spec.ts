import * as fc from 'fast-check';
import { bracketOf, nextRate, type RateSearch, type Trial } from './rate-search.ts';

const search: RateSearch = { startPerSecond: 1_000, growth: 1.5, precision: 1.05, attempts: 2 };

/** All trials until the search ends, against something that holds a rate if this says so. */
function trialsOf(isHeld: (rate: number, attempt: number) => boolean, settings = search): readonly Trial[] {
  const trials: Trial[] = [];
  for (let rate = nextRate(trials, settings); rate !== null; rate = nextRate(trials, settings)) {
    const attempt = trials.filter(({ ratePerSecond }) => ratePerSecond === rate).length + 1;
    trials.push({ ratePerSecond: rate, isHeld: isHeld(rate, attempt) });
    if (trials.length > 200) throw new Error('never ends');
  }
  return trials;
}

describe('nextRate', () => {
  it('goes up, tries a missed rate again, then halves the bracket', () => {
    const rates = trialsOf((rate) => rate <= 2_000).map(({ ratePerSecond }) => ratePerSecond);
    expect(rates.slice(0, 5)).toEqual([1_000, 1_500, 2_250, 2_250, 1_837]);
  });

  it('goes down where the first rate is too high', () => {
    const rates = trialsOf((rate) => rate <= 500).map(({ ratePerSecond }) => ratePerSecond);
    expect(rates.slice(0, 5)).toEqual([1_000, 1_000, 666, 666, 444]);
  });

  it('closes in on whatever the highest rate is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 300_000 }), (most) => {
        const trials = trialsOf((rate) => rate <= most);
        const { heldPerSecond, missedPerSecond } = bracketOf(trials, search);
        expect(heldPerSecond).toBeLessThanOrEqual(most);
        expect(missedPerSecond).toBeGreaterThan(most);
        const isFine = missedPerSecond! / heldPerSecond! <= search.precision;
        expect(isFine || missedPerSecond! - heldPerSecond! <= 2).toBe(true);
      }),
    );
  });

  it('forgives a miss that does not repeat', () => {
    const forgiving = trialsOf((rate, attempt) => rate <= 2_000 && (rate !== 1_500 || attempt === 2));
    expect(bracketOf(forgiving, search).heldPerSecond).toBeGreaterThan(1_900);
  });

  it('ends where nothing is held, and where everything is', () => {
    expect(
      bracketOf(
        trialsOf(() => false),
        search,
      ).heldPerSecond,
    ).toBeNull();
    expect(
      bracketOf(
        trialsOf(() => true),
        search,
      ).missedPerSecond,
    ).toBeNull();
  });
});

describe('bracketOf', () => {
  it('ignores a rate that was held above one that was missed', () => {
    const trials = [
      { ratePerSecond: 100, isHeld: true },
      { ratePerSecond: 200, isHeld: false },
      { ratePerSecond: 200, isHeld: false },
      { ratePerSecond: 300, isHeld: true },
    ];
    expect(bracketOf(trials, search)).toEqual({ heldPerSecond: 100, missedPerSecond: 200 });
  });
});
