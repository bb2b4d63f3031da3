import { refuseRun, type RunRecord } from '@spillway/capacity';
import { findRun, type RunPlace } from '@spillway/run-files';
import { printThrottleConfig, type Fingerprint, type Limits, type ThrottleConfig } from '@spillway/throttle';
import writeFileAtomic from 'write-file-atomic';
import { proposeConfig } from './config-of-run.ts';
import { refuseAnswers } from './refuse-answers.ts';
import {
  readDeployedFingerprint,
  readThrottleFile,
  throttleFile,
  type WorkspaceFiles,
} from './workspace-files.ts';

/** What is asked of an update. */
export interface UpdateRequest {
  readonly files: WorkspaceFiles & RunPlace;
  readonly stage: string;
  /** Id or folder of a run; without it the newest complete run of the stage. */
  readonly run?: string | undefined;
  readonly dryRun: boolean;
  readonly nowMs: number;
}

/** What became of it. */
export type UpdateOutcome = { readonly file: string; readonly stage: string; readonly runId: string } & (
  | { readonly kind: 'refused'; readonly reasons: readonly string[] }
  | { readonly kind: 'unchanged'; readonly because: string }
  | {
      readonly kind: 'written' | 'dry-run';
      readonly before: string;
      readonly after: string;
      readonly reasons: Readonly<Record<keyof Limits, string>>;
      /** What the change rests on. */
      readonly basis: {
        readonly run: RunRecord;
        readonly directory: string;
        readonly config: ThrottleConfig;
        readonly deployedFingerprint: Fingerprint;
      };
    }
);

/**
 * Run → `throttle.<stage>.json`, or the reasons why not. The file is replaced whole or not at all.
 * @throws RunNotFoundError, RunUnreadableError, WorkspaceFileError, ThrottleConfigError
 */
export async function update(request: UpdateRequest): Promise<UpdateOutcome> {
  const { files, stage, nowMs } = request;
  const { run, directory } = findRun(files, stage, request.run);
  const file = throttleFile(files, stage);
  const subject = { file, stage, runId: run.runId };

  const deployedFingerprint = await readDeployedFingerprint(files, stage);
  const refusals = [
    ...refuseRun(run, { stage, nowMs, deployedFingerprint }),
    ...refuseAnswers(files.root, directory, run),
  ];
  if (refusals.length > 0) return { ...subject, kind: 'refused', reasons: refusals };

  const { text: before, config: current } = readThrottleFile(file);
  const proposal = proposeConfig(run, current);
  if (proposal.kind === 'refuse') return { ...subject, kind: 'refused', reasons: proposal.reasons };
  if (proposal.kind === 'keep') return { ...subject, kind: 'unchanged', because: proposal.because };

  const after = printThrottleConfig(proposal.config);
  if (after === before) {
    return { ...subject, kind: 'unchanged', because: `it already holds the limits of run ${run.runId}` };
  }
  const basis = { run, directory, config: proposal.config, deployedFingerprint };
  const change = { ...subject, before, after, reasons: proposal.reasons, basis };
  if (request.dryRun) return { ...change, kind: 'dry-run' };
  await writeFileAtomic(file, after);
  return { ...change, kind: 'written' };
}
