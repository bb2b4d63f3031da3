import { createInterface } from 'node:readline/promises';
import type { Progress } from '../progress.ts';
import { describeLoad, type LoadEstimate } from '../runner/load-estimate.ts';
import type { FoundStage } from './stage-connection.ts';
import { stageText } from './stage-text.ts';

/** Nobody agreed to load a stage that others may be using. */
export class LoadNotConfirmedError extends Error {
  readonly code = 'LOAD_NOT_CONFIRMED';

  constructor(target: string) {
    super(`${target}: found no agreement to load it; type its stack's name when asked, or pass --yes`);
    this.name = 'LoadNotConfirmedError';
  }
}

/**
 * Says what the load may come to, and asks before anything is sent to a stage that is not this run's own.
 * @param isAgreed `--yes`
 * @throws LoadNotConfirmedError where nobody can be asked, or the answer is another
 */
export async function confirmLoad(
  stage: Pick<FoundStage, 'stackName' | 'accountId' | 'region'>,
  estimate: LoadEstimate,
  isAgreed: boolean,
  progress: Pick<Progress, 'line'>,
): Promise<void> {
  const target = stageText(stage);
  progress.line(`Load            ${target}: ${describeLoad(estimate)}`);
  if (isAgreed) return;
  if (!process.stdin.isTTY) throw new LoadNotConfirmedError(target);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(
    `This lifts the limits of ${target}, for as long, and costs what is said above. Type ${stage.stackName} to go on: `,
  );
  prompt.close();
  if (answer.trim() !== stage.stackName) throw new LoadNotConfirmedError(target);
}
