import { createInterface } from 'node:readline/promises';
import type { StageConnection } from './stage-connection.ts';

/** Nobody agreed to load a stage that others may be using. */
export class LoadNotConfirmedError extends Error {
  readonly code = 'LOAD_NOT_CONFIRMED';

  constructor(target: string) {
    super(`${target}: found no agreement to load it; type its stack's name when asked, or pass --yes`);
    this.name = 'LoadNotConfirmedError';
  }
}

/**
 * Asks before anything is sent to a stage that is not this run's own.
 * @param isAgreed `--yes`
 * @throws LoadNotConfirmedError where nobody can be asked, or the answer is another
 */
export async function confirmLoad(stage: StageConnection, isAgreed: boolean): Promise<void> {
  const target = `stack ${stage.stackName} in account ${stage.accountId}, ${stage.region}`;
  if (isAgreed) return;
  if (!process.stdin.isTTY) throw new LoadNotConfirmedError(target);
  const prompt = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await prompt.question(
    `This lifts the limits of ${target}, loads it for minutes, and costs money. Type ${stage.stackName} to go on: `,
  );
  prompt.close();
  if (answer.trim() !== stage.stackName) throw new LoadNotConfirmedError(target);
}
