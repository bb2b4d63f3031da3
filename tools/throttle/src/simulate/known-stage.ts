import { DEFAULT_QUOTAS, type RunRecord } from '@spillway/capacity';
import type { ExplainableConfig, Measurements } from '@spillway/throttle';

/** What is known of a stage beside its limits, and of what it was asked to hold. */
export interface KnownStage {
  readonly quotas: Measurements['quotas'];
  readonly itemBytes: number;
  readonly latencyMs: number;
  readonly sdkRetryBudgetMs: number;
}

/** What AWS gives an account that nobody measured (F2, F30, F40), and the load test's defaults. */
const DEFAULTS: KnownStage = {
  quotas: DEFAULT_QUOTAS,
  itemBytes: 1024,
  latencyMs: 500,
  sdkRetryBudgetMs: 3000,
};

/** Taken from a run, else from the evidence in the file, else from AWS's defaults. */
export function knownStage({ evidence }: ExplainableConfig, run: RunRecord | null): KnownStage {
  if (run !== null) {
    const { quotas, targets, measurements } = run;
    const itemBytes = measurements?.itemBytes ?? DEFAULTS.itemBytes;
    return { quotas, itemBytes, latencyMs: targets.latencyMs, sdkRetryBudgetMs: targets.sdkRetryBudgetMs };
  }
  if (evidence?.kind !== 'measured') return DEFAULTS;
  const { quotas, itemBytes, targets } = evidence.measurements;
  return { quotas, itemBytes, latencyMs: targets.latencyMs, sdkRetryBudgetMs: targets.sdkRetryBudgetMs };
}
