import type { Fingerprint, ThrottleConfig } from '@spillway/throttle';
import type { RunRecord } from '../run-record.ts';
import { burstLine, durationLine, patternsLine, sustainedRateLine } from './checklist-measured.ts';
import { limitsUpdatedLine, retestedLine } from './checklist-deployed.ts';

/** One line of the testing checklist, answered from evidence on disk, or with what is missing. */
export interface ChecklistLine {
  readonly id:
    'patterns' | 'sustained-rate' | 'burst' | 'duration' | 'limits-updated' | 're-tested-after-changes';
  /** The line as the checklist has it. */
  readonly item: string;
  readonly state: 'answered' | 'missing';
  /** A sentence with the figures, or what is missing and why. */
  readonly answer: string;
  /** Files it rests on: relative to the run's folder, or the throttle file as the context names it. */
  readonly files: readonly string[];
  /** What to do next where something is missing. */
  readonly next: string | null;
}

/** What a run alone can't say. */
export interface ChecklistContext {
  /** The stage's throttle file as it is now; `config` null: there is none that can be read; null: not looked at. */
  readonly throttleFile: { readonly path: string; readonly config: ThrottleConfig | null } | null;
  /** What would be deployed now; null where it can't be told. */
  readonly deployedFingerprint: Fingerprint | null;
}

/**
 * The testing checklist (method, last section), line by line, in its order: load tested with the expected patterns ·
 * maximum sustained rate · burst capacity · average and p99 function duration · limits updated from results ·
 * tested again after infrastructure changes.
 */
export function checklist(run: RunRecord, context: ChecklistContext): readonly ChecklistLine[] {
  return [
    patternsLine(run),
    sustainedRateLine(run),
    burstLine(run),
    durationLine(run),
    limitsUpdatedLine(run, context),
    retestedLine(run, context),
  ];
}
