import { environmentsWithBurst } from '../limits/sizing.ts';
import { erlangB } from '../statistics/erlang.ts';
import { carriedLoad, loadBesideBurst, roomForBurst } from './carried-load.ts';

describe('carriedLoad', () => {
  // Published Erlang B traffic tables, erlangs at 1 % and 0.1 %.
  it.each([
    [1, 0.01, 0.0101],
    [10, 0.01, 4.46],
    [100, 0.01, 84.06],
    [10, 0.001, 3.09],
    [100, 0.001, 75.24],
  ])('is as in the tables for %d environments at %d', (environments, ratio, erlangs) => {
    expect(carriedLoad(environments, ratio)).toBeCloseTo(erlangs, 2);
  });

  it('is the load at which the blocking is just that', () => {
    for (const environments of [3, 57, 900, 20_000]) {
      expect(erlangB(environments, carriedLoad(environments, 0.003))).toBeCloseTo(0.003, 9);
    }
  });
});

describe('roomForBurst', () => {
  it.each([
    ['of idle environments', 100, 0, 100],
    ['of those that start at once (F33)', 5000, 0, 1000],
    // 111 − 40 − 1.645 √40 = 60.6.
    ['of what is free beside the load and its spread', 111, 40, 60],
    ['of nothing', 100, 100, 0],
  ])('is the number %s', (_what, environments, load, burst) => {
    expect(roomForBurst(environments, load)).toBe(burst);
  });

  it('fits into what environmentsWithBurst asks for, and beside what loadBesideBurst allows', () => {
    for (const load of [0.2, 17, 40, 333]) {
      const environments = environmentsWithBurst(load, 60);
      expect(roomForBurst(environments, load)).toBeGreaterThanOrEqual(60);
      expect(roomForBurst(environments - 1, load)).toBeLessThan(60);
      const most = loadBesideBurst(environments, 60)!;
      expect(most).toBeGreaterThanOrEqual(load);
      expect(roomForBurst(environments, most)).toBe(60);
      expect(roomForBurst(environments, most + 0.01)).toBe(59);
    }
  });

  it('has no load beside it where it takes all environments', () => {
    expect(loadBesideBurst(100, 99)).not.toBeNull();
    expect(loadBesideBurst(100, 100)).toBeNull();
  });
});
