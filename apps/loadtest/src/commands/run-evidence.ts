import {
  AnswersFileError,
  commonRates,
  stepsByRate,
  type Answers,
  type RunEvidence,
} from '@spillway/capacity';
import { findRunDirectory, readAnswersFile, readRun, type RunPlace } from '@spillway/run-files';
import { join } from 'node:path';

/** Runs of both sides with the answers that their comparison needs. */
export interface EvidenceOfSides {
  readonly a: readonly RunEvidence[];
  readonly b: readonly RunEvidence[];
  /** Answers that could not be read, one sentence a run: without them a run's own noise is not known. */
  readonly unread: readonly string[];
}

/**
 * Reads the runs named on the command line, and of each the answers at the rates that all of them measured.
 * @param named ids or folders, separated by commas
 * @throws RunNotFoundError, RunUnreadableError
 */
export function readEvidence(place: RunPlace, named: { a: string; b: string }): EvidenceOfSides {
  const read = (names: string) =>
    names
      .split(',')
      .filter((name) => name !== '')
      .map((name) => findRunDirectory(place, name))
      .map((directory) => ({ directory, run: readRun(directory) }));
  const [a, b] = [read(named.a), read(named.b)];
  const rates = commonRates([...a, ...b].map(({ run }) => run));
  const unread: string[] = [];
  const withAnswers = ({ directory, run }: (typeof a)[number]): RunEvidence => {
    const steps = stepsByRate(run);
    const answers = new Map<string, Answers>();
    try {
      for (const rate of rates) {
        const record = steps.get(rate)?.record;
        if (record)
          answers.set(record.name, readAnswersFile(join(directory, record.answersFile), record.sent));
      }
    } catch (error) {
      if (!(error instanceof AnswersFileError)) throw error;
      unread.push(`The noise within run ${run.runId} is not known: ${error.message}.`);
    }
    return { run, answers };
  };
  return { a: a.map(withAnswers), b: b.map(withAnswers), unread };
}
