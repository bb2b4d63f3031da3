import { printAnswers } from './answers-file.ts';
import type { SentStep } from './send-step.ts';
import type { ResultPlace } from './shards/result-place.ts';

/** Names of what a step leaves in the results place. */
export function stepFiles(stepName: string): { answers: string; generator: string; artillery: string } {
  return {
    answers: `step-${stepName}.answers.csv`,
    generator: `step-${stepName}.generator.json`,
    artillery: `step-${stepName}.artillery.json`,
  };
}

/** Writes the answers, then the generator's report, each whole or not at all. */
export async function writeStep(
  place: ResultPlace,
  stepName: string,
  { log, report }: SentStep,
): Promise<void> {
  const files = stepFiles(stepName);
  await place.putPieces(files.answers, printAnswers(log));
  await place.put(files.generator, `${JSON.stringify(report, null, 2)}\n`);
}
