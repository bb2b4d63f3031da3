import { runArtillery, type ArtilleryEnd, type ProcessTerms } from './artillery-process.ts';
import type { RemoteRunner } from './runner/remote-runner.ts';

/** Who sends the steps: generators on this machine, each an Artillery process, or on AWS, by Artillery's runners. */
export interface Generators {
  readonly count: number;
  /** Where they run, if not here. */
  readonly remote?: RemoteRunner;
}

/** The only one, on this machine. */
export const ONE_GENERATOR: Generators = { count: 1 };

/**
 * Runs one Artillery process a command line, all at once; when one fails, the others are stopped, for a part of a
 * step measures nothing. All are gone when this returns.
 * @returns how each ended, in the order of the command lines
 */
export async function runTogether(
  commands: readonly (readonly string[])[],
  terms: ProcessTerms,
  signal: AbortSignal,
): Promise<ArtilleryEnd[]> {
  const failure = new AbortController();
  const until = AbortSignal.any([signal, failure.signal]);
  const running = commands.map(async (args) => {
    try {
      const end = await runArtillery(args, terms, until);
      if (end.exitCode !== 0) failure.abort();
      return end;
    } catch (error) {
      failure.abort();
      throw error;
    }
  });
  await Promise.allSettled(running);
  return Promise.all(running);
}
