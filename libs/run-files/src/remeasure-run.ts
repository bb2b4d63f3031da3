import {
  AnswersFileError,
  measureStep,
  stepTargets,
  type JudgedStep,
  type Measurement,
  type RunRecord,
} from '@spillway/capacity';
import { join } from 'node:path';
import { readAnswersFile } from './read-answers-file.ts';

/** A step of a run, and what its answers come to now: a measurement, or why there is none. */
export interface RemeasuredStep {
  readonly step: JudgedStep;
  readonly found: Measurement | AnswersFileError;
}

/**
 * Reads the answers of a run's steps and measures them again, one step at a time: what it takes is as much as its
 * largest step, not its sum. Where nothing was changed since, each measurement equals that of the record.
 * @param directory the run's folder
 */
export function* remeasureRun(directory: string, { steps, targets }: RunRecord): Generator<RemeasuredStep> {
  for (const step of steps) yield { step, found: remeasured(directory, step, targets) };
}

function remeasured(
  directory: string,
  { record }: JudgedStep,
  targets: RunRecord['targets'],
): RemeasuredStep['found'] {
  try {
    const file = join(directory, record.answersFile);
    const mayHaveGaps = record.sent < record.intended;
    const answers = readAnswersFile(file, record.sent, { mayHaveGaps });
    return measureStep(record, answers, stepTargets(record.purpose, targets));
  } catch (error) {
    if (error instanceof AnswersFileError) return error;
    throw error;
  }
}
