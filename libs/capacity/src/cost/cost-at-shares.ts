import { costOf, LEAST_RATE_PER_SECOND, type Cost, type CostInput } from './cost-of.ts';

/** Shares of a rate that a month is priced at, 0–1. */
export const COST_SHARES = [0.1, 0.5, 1] as const;

/** What a month costs at a share of a rate, behind either kind of API. */
export interface CostAtShare {
  readonly share: (typeof COST_SHARES)[number];
  readonly ratePerSecond: number;
  readonly rest: Cost;
  readonly http: Cost;
}

/**
 * The bill at 10, 50 and 100 % of a rate, REST API against HTTP API.
 * @param input its rate is that of 100 %; a share below the least rate that can be priced is priced at that
 * @throws CostInputError where a number is not finite or out of range
 */
export function costAtShares(input: Omit<CostInput, 'api'>): readonly CostAtShare[] {
  return COST_SHARES.map((share) => {
    const ratePerSecond = Math.max(LEAST_RATE_PER_SECOND, share * input.ratePerSecond);
    const priced = (api: CostInput['api']) => costOf({ ...input, ratePerSecond, api });
    return { share, ratePerSecond, rest: priced('rest'), http: priced('http') };
  });
}
