import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { printAnswers } from './answers-file.ts';
import type { SentStep } from './send-step.ts';

/** Names of what a step leaves in the results directory. */
export function stepFiles(stepName: string): { answers: string; generator: string; artillery: string } {
  return {
    answers: `step-${stepName}.answers.csv`,
    generator: `step-${stepName}.generator.json`,
    artillery: `step-${stepName}.artillery.json`,
  };
}

/** Writes the answers, then the generator's report, each whole or not at all. */
export async function writeStep(
  directory: string,
  stepName: string,
  { log, report }: SentStep,
): Promise<void> {
  const files = stepFiles(stepName);
  await mkdir(directory, { recursive: true });
  await writeFileAtomic(path.join(directory, files.answers), printAnswers(log));
  await writeFileAtomic(path.join(directory, files.generator), `${JSON.stringify(report, null, 2)}\n`);
}
