import { PRICES, tieredUsd } from './prices.ts';

describe('tieredUsd', () => {
  // By hand: 333 × 3.50 = 1,165.50; + 667 × 2.80 = 1,867.60; + 19,000 × 2.38 = 45,220.
  it.each([
    ['nothing', 0, 0],
    ['one request', 1, 0.0000035],
    ['the last request of the first tier', 333e6, 1165.5],
    ['the first of the second', 333e6 + 1, 1165.5000028],
    ['the last of the second', 1e9, 3033.1],
    ['the first of the third', 1e9 + 1, 3033.10000238],
    ['the last of the third', 20e9, 48_253.1],
    ['the first of the last', 20e9 + 1, 48_253.10000151],
    ['a billion more', 21e9, 49_763.1],
  ])('prices %s of a REST API (F70)', (_what, requests, usd) => {
    expect(tieredUsd(requests, PRICES.restApi)).toBeCloseTo(usd, 7);
  });

  it.each([
    ['the last request of the first tier', 300e6, 300],
    ['the first of the second', 300e6 + 1, 300.0000009],
    ['a billion', 1e9, 930],
  ])('prices %s of an HTTP API (F71)', (_what, requests, usd) => {
    expect(tieredUsd(requests, PRICES.httpApi)).toBeCloseTo(usd, 7);
  });

  it.each([
    ['the last free trace', 100_000, 0],
    ['the first that is paid', 100_001, 0.000005],
  ])('prices %s (F76)', (_what, traces, usd) => {
    expect(tieredUsd(traces, PRICES.traces)).toBeCloseTo(usd, 9);
  });

  it('agrees with a sum over single units, tier by tier', () => {
    const tiers = [
      { above: 0, usdPerMillion: 5 },
      { above: 7, usdPerMillion: 3 },
      { above: 20, usdPerMillion: 1 },
    ];
    for (let units = 0; units <= 30; units += 1) {
      const one = Array.from({ length: units }, (_, index) => (index < 7 ? 5 : index < 20 ? 3 : 1));
      expect(tieredUsd(units, tiers)).toBeCloseTo(one.reduce((sum, usd) => sum + usd, 0) / 1e6, 12);
    }
  });
});
