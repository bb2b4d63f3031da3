import type { Command } from 'commander';
import { check, stagesWithLimits } from '../check.ts';
import { describeChecks, isAccepted } from '../describe-outcome.ts';
import { stageOption, type CommandTerms } from '../surroundings.ts';

/** `throttle check` */
export function addCheckCommand(program: Command, { files, paint, print, finish }: CommandTerms): void {
  program
    .command('check')
    .description('compute the limits again from their evidence, and compare it with what would be deployed')
    .addOption(stageOption())
    .option('--require-evidence', 'a placeholder fails too', false)
    .action(async ({ stage, requireEvidence }: { stage?: string; requireEvidence: boolean }) => {
      const stages = stage === undefined ? stagesWithLimits(files()) : [stage];
      const checked = await Promise.all(stages.map((of) => check(files(), of)));
      print(describeChecks(checked, paint));
      finish(checked.every(({ standing }) => isAccepted(standing, requireEvidence)) ? 0 : 1);
    });
}
