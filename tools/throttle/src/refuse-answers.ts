import { AnswersFileError, measurementDifferences, type RunRecord } from '@spillway/capacity';
import { remeasureRun } from '@spillway/run-files';
import { relative } from 'node:path';

/** Steps named in a refusal; where the folder was cleared, all of them are wrong. */
const STEPS_NAMED = 3;

/**
 * Why a run's answers no longer bear out its record: a file that is missing or was cut short, or measurements that its
 * rows do not give. None where every step measures again as it did.
 * @param root what the files are named from
 * @param directory the run's folder
 */
export function refuseAnswers(root: string, directory: string, run: RunRecord): readonly string[] {
  const refusals: string[] = [];
  for (const { step, found } of remeasureRun(directory, run)) {
    if (found instanceof AnswersFileError) {
      refusals.push(found.message.replace(found.file, relative(root, found.file)));
      continue;
    }
    const [first] = measurementDifferences(step.measurement, found);
    if (first !== undefined) refusals.push(`step ${step.record.name} is not what its answers say: ${first}`);
  }
  const more = refusals.length - STEPS_NAMED;
  return more > 0 ? [...refusals.slice(0, STEPS_NAMED), `and ${more} more steps like that`] : refusals;
}
