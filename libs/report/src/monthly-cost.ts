import { costAtShares, CostInputError, type CostAtShare, type RunRecord } from '@spillway/capacity';

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
): { readonly basis: CostBasis; readonly months: readonly CostAtShare[] } | null {
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
    const ratePerSecond = recommendation.limits.rateLimit;
    return { basis, months: costAtShares({ ...basis, ratePerSecond }) };
  } catch (error) {
    if (error instanceof CostInputError) return null;
    throw error;
  }
}
