import { Command, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';
import { runLoadtest, type LoadtestOptions } from './run-loadtest.ts';

/** Root of the workspace: paths on the command line and in messages count from there. */
const WORKSPACE = resolve(import.meta.dirname, '../../..');

const command = new Command('loadtest')
  .description(
    'Finds what a stage sustains, proposes throttle limits with their error bar, replays the test against them\n' +
      'and audits that every acknowledged entry is stored. Without options: on a local stage of its own.',
  )
  .option(
    '--stage <name>',
    'local: a stage started for this run; any other: the deployed stack Spillway-<name>',
    stageName,
    'local',
  )
  .addOption(new Option('--profile <name>', 'how long to look').choices(['quick', 'full']).default('quick'))
  .option('--slo <file>', 'what the limits must hold', 'apps/loadtest/slo.json')
  .option('--results <directory>', 'where runs are kept', 'results')
  .addOption(
    new Option('--engine <name>', 'local only: DynamoDB engine')
      .choices(['auto', 'dynoxide', 'dynalite'])
      .default('auto'),
  )
  .option('--dynamodb-endpoint <url>', 'local only: a DynamoDB Local of your own')
  .option('--aws-profile <name>', 'deployed only: profile of the AWS credentials')
  .option('--yes', 'deployed only: load the stage without asking', false)
  .option('--keep', 'local only: the stage stays up until Ctrl-C', false)
  .showHelpAfterError('(npx spillway-loadtest --help lists the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

command.action(async (options: Omit<LoadtestOptions, 'workspace'>) => {
  process.exitCode = await runLoadtest({
    ...options,
    slo: resolve(WORKSPACE, options.slo),
    results: resolve(WORKSPACE, options.results),
    workspace: WORKSPACE,
  });
});

try {
  await command.parseAsync();
} catch (error) {
  process.stderr.write(`loadtest: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

function stageName(value: string): string {
  if (!/^[a-z][a-z0-9-]*$/.test(value))
    throw new InvalidArgumentError('want a stage name such as local or dev.');
  return value;
}
