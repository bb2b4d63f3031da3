import { erlangB, erlangServers } from './erlang.ts';

/** Erlang's own form, (aᶜ/c!) / Σ aᵏ/k!, in logarithms: independent of the recursion. */
function erlangBBySum(servers: number, load: number): number {
  let logTerm = 0;
  const logTerms = [0];
  for (let k = 1; k <= servers; k += 1) {
    logTerm += Math.log(load / k);
    logTerms.push(logTerm);
  }
  const most = Math.max(...logTerms);
  const total = logTerms.reduce((sum, term) => sum + Math.exp(term - most), 0);
  return Math.exp(logTerm - most) / total;
}

describe('erlangB', () => {
  // Offered load at which c servers refuse the share: the published Erlang B tables.
  it.each([
    [1, 0.0101, 0.01],
    [5, 1.361, 0.01],
    [10, 4.461, 0.01],
    [20, 12.03, 0.01],
    [50, 37.9, 0.01],
    [100, 84.06, 0.01],
    [10, 3.092, 0.001],
    [100, 75.24, 0.001],
  ])('%i servers at %d erlangs refuse %d', (servers, load, blocking) => {
    expect(erlangB(servers, load) / blocking).toBeCloseTo(1, 1.9);
  });

  it.each([
    [1, 0.5],
    [7, 12],
    [100, 100],
    [400, 350],
  ])('%i servers at %d erlangs agree with the sum', (servers, load) => {
    expect(erlangB(servers, load)).toBeCloseTo(erlangBBySum(servers, load), 10);
  });

  it('meets its limit where the recursion ends', () => {
    const load = 130_000;
    expect(erlangB(100_001, load)).toBeCloseTo(erlangB(100_000, load), 3);
  });

  it('refuses everything without servers and nothing without load', () => {
    expect([erlangB(0, 3), erlangB(5, 0)]).toEqual([1, 0]);
  });
});

describe('erlangServers', () => {
  it.each([
    [12, 0.01, 20],
    [4.46, 0.01, 10],
    [75.2, 0.001, 100],
  ])('carries %d erlangs at %d with %i servers, not with one fewer', (load, blocking, servers) => {
    expect(erlangServers(load, blocking, 1000)).toBe(servers);
    expect(erlangB(servers, load)).toBeLessThanOrEqual(blocking);
    expect(erlangB(servers - 1, load)).toBeGreaterThan(blocking);
  });

  it.each([
    [300_000, 0.25, 225_000],
    [1e12, 0.25, 7.5e11],
  ])('carries %d erlangs at %d with %i servers, beyond where it counts', (load, blocking, servers) => {
    expect(erlangServers(load, blocking, servers)).toBe(servers);
    expect(erlangB(servers, load)).toBeLessThanOrEqual(blocking);
    expect(erlangServers(load, blocking, servers - 1)).toBeNull();
  });

  it('says so when there are not enough', () => {
    expect(erlangServers(12, 0.01, 19)).toBeNull();
  });
});
