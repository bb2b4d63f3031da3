import type { StageLease } from './lease/stage-lease.ts';
import type { OthersWatch } from './watch/others-watch.ts';

/** What a run owes a stage that others use as well, and that stays when the run is over. */
export interface SharedStage {
  readonly lease: StageLease;
  readonly others: OthersWatch;
  /** The run's entries stay in the table. */
  readonly keepsEntries: boolean;
  /** How long to wait for metrics that are published late, ms. */
  readonly metricWaitMs: number;
}
