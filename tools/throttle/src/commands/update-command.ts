import type { Command } from 'commander';
import { describeUpdate } from '../describe-outcome.ts';
import { stageOption, type CommandTerms } from '../surroundings.ts';
import { update } from '../update.ts';

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
    .action(async (run: string | undefined, { stage, dryRun }: { stage: string; dryRun: boolean }) => {
      const places = files();
      const outcome = await update({ files: places, stage, run, dryRun, nowMs });
      print(describeUpdate(outcome, places.root, paint));
      finish(outcome.kind === 'refused' ? 1 : 0);
    });
}
