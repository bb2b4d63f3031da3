import {
  AnswersFileError,
  judgeStep,
  type JudgedStep,
  type Measurement,
  measurementDifferences,
  stepTargets,
  type RunRecord,
} from '@spillway/capacity';
import { remeasureRun } from '@spillway/run-files';
import { basename } from 'node:path';

/** A step, and how its answers on disk disagree with the record; nowhere, where `differences` is empty. */
export interface CheckedStep {
  readonly name: string;
  readonly differences: readonly string[];
}

/** Measures and judges a run's steps again from their answers files, and says where `run.json` differs. */
export function checkAnswers(directory: string, run: RunRecord): CheckedStep[] {
  const checked: CheckedStep[] = [];
  for (const { step, found } of remeasureRun(directory, run)) {
    const { record, measurement, judgement } = step;
    if (found instanceof AnswersFileError) {
      const problem = found.message.replace(found.file, basename(found.file));
      checked.push({ name: record.name, differences: [problem] });
      continue;
    }
    const { verdict } = isCutShort(run, step)
      ? judgement
      : judgeStep(record, knownThen(found, measurement), stepTargets(record.purpose, run.targets));
    checked.push({
      name: record.name,
      differences: [
        ...measurementDifferences(measurement, found),
        ...(verdict === judgement.verdict
          ? []
          : [`verdict ${judgement.verdict}, its answers give ${verdict}`]),
      ],
    });
  }
  return checked;
}

/** What its answers give, without figures that the record lacks: of a time before them, it was judged without them. */
function knownThen(found: Measurement, recorded: Measurement): Measurement {
  return Object.fromEntries(Object.entries(found).filter(([name]) => name in recorded)) as Measurement;
}

/** The step that a run was stopped in: it is inconclusive because of that, whatever its answers give. */
function isCutShort({ status, steps }: RunRecord, step: JudgedStep): boolean {
  return status !== 'complete' && step === steps.at(-1) && step.judgement.verdict === 'inconclusive';
}
