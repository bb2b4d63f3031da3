import type { Command } from 'commander';
import { relative } from 'node:path';
import { check, stagesWithLimits } from '../check.ts';
import { describeDrift } from '../deployed/describe-drift.ts';
import { describeChecks, isAccepted } from '../describe-outcome.ts';
import { stageOption, type CommandTerms } from '../surroundings.ts';

interface Options {
  readonly stage?: string;
  readonly requireEvidence: boolean;
  readonly acceptStale: boolean;
  readonly deployed: boolean;
  readonly awsProfile?: string;
}

/** `throttle check` */
export function addCheckCommand(program: Command, { files, paint, print, finish }: CommandTerms): void {
  program
    .command('check')
    .description('compute the limits again from their evidence, and compare it with what would be deployed')
    .addOption(stageOption())
    .option('--require-evidence', 'a placeholder fails too', false)
    .option('--accept-stale', 'stale limits pass: a change is measured once it is deployed', false)
    .option('--deployed', 'also ask AWS what the stage enforces, and fail on drift; reads only', false)
    .option('--aws-profile <name>', 'with --deployed: profile of the AWS credentials')
    .addHelpText(
      'after',
      '\nWithout --deployed nothing is asked of AWS. AWS_ENDPOINT_URL leads to a local stage instead.',
    )
    .action(async (options: Options, command: Command) => {
      const { stage, deployed, awsProfile } = options;
      const places = files();
      if (deployed && stage === undefined)
        command.error('error: --deployed wants one stage: --stage=<stage>');
      if (!deployed && awsProfile !== undefined) command.error('error: --aws-profile goes with --deployed');
      const stages = stage === undefined ? stagesWithLimits(places) : [stage];
      const checked = await Promise.all(stages.map((of) => check(places, of)));
      print(describeChecks(checked, paint));
      let isFine = checked.every(({ standing }) => isAccepted(standing, options));
      if (deployed && stage !== undefined) {
        // The SDK's clients take as long to load as the rest of the command takes to run.
        const { checkDeployed } = await import('../deployed/check-deployed.ts');
        const drift = await checkDeployed(places, stage, awsProfile);
        print(`\n${describeDrift(drift.deployed, drift.rows, relative(places.root, drift.file), paint)}`);
        isFine &&= drift.rows.every(({ problem }) => problem === null);
      }
      finish(isFine ? 0 : 1);
    });
}
