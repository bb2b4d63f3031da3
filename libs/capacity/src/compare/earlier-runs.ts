import type { RunRecord } from '../run-record.ts';
import { fingerprintChanges } from '../evidence/fingerprint-changes.ts';
import { refuseOwn, refuseTerms } from './refuse-comparison.ts';

/** Older runs say less about the machine of today. */
const RUNS_AT_MOST = 20;

/** Earlier runs of each side's system; where both are the same, side A has them all. */
export interface EarlierRuns {
  readonly a: readonly RunRecord[];
  readonly b: readonly RunRecord[];
}

/**
 * Runs among the candidates that measured one of the two systems on the same terms, newest first: what they and the
 * runs of that side differ by is noise.
 */
export function earlierRuns(
  a: readonly RunRecord[],
  b: readonly RunRecord[],
  candidates: readonly RunRecord[],
): EarlierRuns {
  const [firstOfA] = a;
  const [firstOfB] = b;
  if (firstOfA === undefined || firstOfB === undefined) return { a: [], b: [] };
  const compared = new Set([...a, ...b].map(({ runId }) => runId));
  const known = candidates
    .filter(
      (run) =>
        !compared.has(run.runId) && refuseOwn(run).length === 0 && refuseTerms(firstOfA, run).length === 0,
    )
    .sort((one, other) => Date.parse(other.finishedAt) - Date.parse(one.finishedAt));
  const isOf = (system: RunRecord) => (run: RunRecord) =>
    fingerprintChanges(system.fingerprint, run.fingerprint).length === 0;
  const of = (system: RunRecord) => known.filter(isOf(system)).slice(0, RUNS_AT_MOST);
  return { a: of(firstOfA), b: isOf(firstOfA)(firstOfB) ? [] : of(firstOfB) };
}
