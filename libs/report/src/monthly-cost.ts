import { CostInputError, costOf, type Cost, type RunRecord } from '@spillway/capacity';

/** Shares of the rate limit that a month is priced at, 0–1. */
export const COST_SHARES = [0.1, 0.5, 1] as const;

/** What a month costs at a share of the proposed rate limit, by kind of gateway. */
export interface MonthlyCost {
  readonly share: (typeof COST_SHARES)[number];
  readonly ratePerSecond: number;
  readonly rest: Cost;
  readonly http: Cost;
}

/** What a priced month rests on. */
export interface CostBasis {
  readonly payloadBytes: number;
  readonly itemBytes: number;
  readonly durationMs: number;
  readonly memorySize: number;
}

/** Months at the proposed limits with what this run measured; `null` where it proposes none or nothing can be priced. */
export function monthlyCosts(
  run: RunRecord,
): { readonly basis: CostBasis; readonly months: MonthlyCost[] } | null {
  const { recommendation, measurements } = run;
  const payloadBytes = run.steps.find(({ record }) => record.purpose === 'discovery')?.record.payloadBytes;
  if (recommendation === null || measurements === null || payloadBytes === undefined) return null;
  const basis = {
    payloadBytes,
    itemBytes: measurements.itemBytes,
    durationMs: measurements.serviceTime.meanUpperMs,
    memorySize: recommendation.limits.memorySize,
  };
  try {
    const months = COST_SHARES.map((share) => {
      const ratePerSecond = recommendation.limits.rateLimit * share;
      const priced = (api: 'rest' | 'http') => costOf({ ...basis, ratePerSecond, api });
      return { share, ratePerSecond, rest: priced('rest'), http: priced('http') };
    });
    return { basis, months };
  } catch (error) {
    if (error instanceof CostInputError) return null;
    throw error;
  }
}
