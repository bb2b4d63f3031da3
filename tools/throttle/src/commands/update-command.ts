import { resolve } from 'node:path';
import type { Command } from 'commander';
import writeFileAtomic from 'write-file-atomic';
import { describeUpdate } from '../describe-outcome.ts';
import { stageOption, type CommandTerms } from '../surroundings.ts';
import { update } from '../update.ts';

interface Options {
  readonly stage: string;
  readonly dryRun: boolean;
  readonly summary?: string;
  readonly page?: string;
}

/** `throttle update [run]` */
export function addUpdateCommand(
  program: Command,
  { files, nowMs, paint, print, finish }: CommandTerms,
): void {
  program
    .command('update')
    .description('write the limits that a run proposes and verified, or say why not')
    .argument('[run]', 'id or folder of a run; without it the newest complete run of the stage')
    .addOption(stageOption().default('local'))
    .option('--dry-run', 'print the change and write nothing', false)
    .option('--summary <file>', 'also write what came of it as Markdown, for a pull request')
    .option('--page <link>', "with --summary: where readers find the run's page; without it its file")
    .action(async (run: string | undefined, options: Options, command: Command) => {
      const { stage, dryRun, summary, page } = options;
      if (page !== undefined && summary === undefined) command.error('error: --page goes with --summary');
      const places = files();
      const outcome = await update({ files: places, stage, run, dryRun, nowMs });
      if (summary !== undefined) {
        // The report's charts take longer to load than the rest of the command takes to run.
        const { updateMarkdown } = await import('../update-markdown.ts');
        await writeFileAtomic(resolve(places.root, summary), updateMarkdown(outcome, places.root, page));
      }
      print(describeUpdate(outcome, places.root, paint));
      finish(outcome.kind === 'refused' ? 1 : 0);
    });
}
