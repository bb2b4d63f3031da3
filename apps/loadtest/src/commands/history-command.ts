import { listRuns } from '@spillway/run-files';
import type { Command } from 'commander';
import { relative, resolve } from 'node:path';
import type { CommandTerms } from './command-terms.ts';
import { historyLines } from './history-lines.ts';

interface HistoryOptions {
  readonly results: string;
  readonly stage?: string;
}

/** `history`: the runs that are kept, newest first. */
export function addHistoryCommand(program: Command, terms: CommandTerms): void {
  program
    .command('history')
    .description('Lists the runs that are kept, newest first, and what changed from each to the next')
    .option('--stage <name>', 'only runs of this stage')
    .option('--results <directory>', 'where runs are kept', 'results')
    .action(({ results, stage }: HistoryOptions) => {
      const directory = resolve(terms.workspace, results);
      const runs = listRuns(directory);
      const of = { directory: relative(terms.workspace, directory) || directory, stage: stage ?? null };
      terms.print(historyLines(runs, of).join('\n'));
      terms.finish(0);
    });
}
