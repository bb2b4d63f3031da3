import { relative } from 'node:path';
import type { Checked, Standing } from './check.ts';
import { diffText, type Paint } from './diff-text.ts';
import type { UpdateOutcome } from './update.ts';

/** What `update` prints. */
export function describeUpdate(outcome: UpdateOutcome, root: string, paint: Paint): string {
  const file = relative(root, outcome.file);
  switch (outcome.kind) {
    case 'refused':
      return [
        paint('red', `${file}: not written; run ${outcome.runId} doesn't support it:`),
        ...outcome.reasons.map((reason) => `  - ${reason}`),
      ].join('\n');
    case 'unchanged':
      return `${file}: unchanged; ${outcome.because}`;
    case 'written':
    case 'dry-run': {
      const reasons = Object.entries(outcome.reasons).map(
        ([limit, reason]) => `  ${paint('bold', limit)}: ${reason}`,
      );
      const ending =
        outcome.kind === 'written'
          ? paint('green', `${file}: written from run ${outcome.runId}`)
          : paint('yellow', `${file}: not written (--dry-run)`);
      return [diffText(file, outcome.before, outcome.after, paint), '', 'Why:', ...reasons, '', ending].join(
        '\n',
      );
    }
  }
}

const COLORS = {
  current: 'green',
  placeholder: 'yellow',
  stale: 'red',
  mismatch: 'red',
  broken: 'red',
} as const;

/** What `check` prints: a line a stage. */
export function describeChecks(checked: readonly Checked[], paint: Paint): string {
  return checked
    .map(({ stage, standing, because }) => `${stage}: ${paint(COLORS[standing], standing)}: ${because}`)
    .join('\n');
}

/** What `check` lets pass beside limits that are current. */
export interface Acceptance {
  readonly requireEvidence: boolean;
  readonly acceptStale: boolean;
}

/** Whether a standing is good enough. */
export function isAccepted(standing: Standing, { requireEvidence, acceptStale }: Acceptance): boolean {
  if (standing === 'placeholder') return !requireEvidence;
  return standing === 'current' || (standing === 'stale' && acceptStale);
}
