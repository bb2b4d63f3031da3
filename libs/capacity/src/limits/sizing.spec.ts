import fc from 'fast-check';
import { burstRoom, concurrencyNeeds, environmentsForTenTimes, reservableConcurrency } from './sizing.ts';

const targets = { blockingRatio: 0.001, headroomRatio: 0.8 };

describe('reservableConcurrency', () => {
  it('is what the account has less 100 and what others have reserved', () => {
    expect(reservableConcurrency({ accountConcurrency: 1000, otherReservedConcurrency: 250 })).toBe(650);
  });
});

describe('environmentsForTenTimes', () => {
  it.each([
    // 800 / 8, where 848 / 10 is less.
    ['a share of the ceiling', 800, 48, 0.8, 100],
    // (800 + 300) / 10, where 800 / 8 is less.
    ['a full bucket within one second', 800, 300, 0.8, 110],
    ['a full bucket where nothing is kept back', 1000, 1, 1, 101],
    ['the last whole environment', 799, 1, 1, 80],
  ])('leaves room for %s', (_what, rate, burst, headroomRatio, environments) => {
    expect(environmentsForTenTimes(rate, burst, headroomRatio)).toBe(environments);
  });
});

describe('concurrencyNeeds', () => {
  it('solves an example by hand', () => {
    // 75.2 erlangs need 100 servers at 0.1 %; 75.2 + 1.645 √75.2 + 60 = 149.5; 900 / 8 = 112.5.
    expect(concurrencyNeeds({ rate: 900, load: 75.2, burst: 60 }, targets, 1000)).toEqual({
      blocking: 100,
      tenTimes: 113,
      burst: 150,
      most: 150,
    });
  });

  it('is infinite where there are too few', () => {
    expect(concurrencyNeeds({ rate: 9, load: 75.2, burst: 1 }, targets, 99).most).toBe(Infinity);
    expect(concurrencyNeeds({ rate: 9, load: 75.2, burst: 1 }, targets, 100).most).toBe(100);
  });
});

describe('burstRoom', () => {
  it('holds the burst that the needs were solved for, and with one environment fewer it does not', () => {
    const drawn = fc.record({
      rate: fc.integer({ min: 1, max: 5000 }),
      load: fc.double({ min: 0.01, max: 800, noNaN: true }),
      burst: fc.integer({ min: 1, max: 1000 }),
      headroomRatio: fc.double({ min: 0.3, max: 1, noNaN: true }),
    });
    let bound = 0;
    fc.assert(
      fc.property(drawn, fc.double({ min: 1, max: 3, noNaN: true }), (of, slots) => {
        const needs = concurrencyNeeds(
          of,
          { blockingRatio: 0.01, headroomRatio: of.headroomRatio },
          9000,
          slots,
        );
        expect(burstRoom(needs.most, of, slots)).toBeGreaterThanOrEqual(of.burst);
        if (needs.burst < needs.most) return;
        bound += 1;
        expect(burstRoom(needs.most - 1, of, slots)).toBeLessThan(of.burst);
      }),
      { numRuns: 300 },
    );
    expect(bound).toBeGreaterThan(50);
  });
});
