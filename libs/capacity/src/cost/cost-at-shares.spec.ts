import { costAtShares } from './cost-at-shares.ts';
import { CostInputError, costOf } from './cost-of.ts';

const input = { payloadBytes: 1024, itemBytes: 1100, durationMs: 20, memorySize: 1024 };

describe('costAtShares', () => {
  it('prices 10, 50 and 100 % of the rate behind both kinds of API', () => {
    const months = costAtShares({ ...input, ratePerSecond: 300 });
    expect(months.map(({ share, ratePerSecond }) => [share, ratePerSecond])).toEqual([
      [0.1, 30],
      [0.5, 150],
      [1, 300],
    ]);
    expect(months[1]).toMatchObject({
      rest: costOf({ ...input, ratePerSecond: 150, api: 'rest' }),
      http: costOf({ ...input, ratePerSecond: 150, api: 'http' }),
    });
  });

  it('prices a share that is too small at the least rate', () => {
    const [tenth] = costAtShares({ ...input, ratePerSecond: 1e-9 });
    expect(tenth).toMatchObject({ share: 0.1, ratePerSecond: 1e-9 });
  });

  it('refuses what can not be priced', () => {
    expect(() => costAtShares({ ...input, ratePerSecond: 1, durationMs: Infinity })).toThrow(CostInputError);
  });
});
