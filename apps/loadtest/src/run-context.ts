import type { Answers, RunRecord } from '@spillway/capacity';
import type { SentStep } from './audit.ts';
import type { Generators } from './generators.ts';
import type { Progress } from './progress.ts';
import type { ResultsDirectory } from './results-directory.ts';
import type { Profile, Settings } from './settings.ts';
import type { SharedStage } from './shared-stage.ts';
import type { StageAccess } from './stage/stage-access.ts';
import type { StageConnection } from './stage/stage-connection.ts';
import type { SweepName } from './sweeps/sweep-names.ts';

export type JudgedStep = RunRecord['steps'][number];

/** What every phase of a run needs: where to send, where to write, when to stop. */
export interface RunContext {
  readonly runId: string;
  readonly stage: StageConnection;
  /** Null for a stage of this run's own, which goes with it. */
  readonly shared: SharedStage | null;
  /** What the stage asks of whoever sends to it. */
  readonly access: StageAccess;
  readonly settings: Settings;
  readonly profile: Profile;
  /** What is varied once the limits are replayed. */
  readonly sweeps: readonly SweepName[];
  /** Generators on this machine, as asked for; undefined leaves it to their calibration. */
  readonly workers: number | undefined;
  /** Who sends the steps; before the calibration, one generator. */
  readonly generators: Generators;
  readonly results: ResultsDirectory;
  readonly progress: Progress;
  /** Aborted by Ctrl-C: the phase under way stops, what was lifted is put back, the rest is reported. */
  readonly signal: AbortSignal;
  /** Every judged step so far, in order. */
  readonly taken: { readonly step: JudgedStep; readonly answers: Answers }[];
  /** Every step that sent anything, judged or not: the audit must know them all. */
  readonly sent: SentStep[];
}
