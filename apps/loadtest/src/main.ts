import { Command, InvalidArgumentError, Option } from 'commander';
import { resolve } from 'node:path';
import { addCleanCommand } from './commands/clean-command.ts';
import { addCompareCommand } from './commands/compare-command.ts';
import { addHistoryCommand } from './commands/history-command.ts';
import { addRestoreCommand } from './commands/restore-command.ts';
import { AWS_METRIC_PERIOD_SECONDS } from './find-deployed.ts';
import { idleOption } from './idle-option.ts';
import { runLoadtest, type LoadtestOptions } from './run-loadtest.ts';
import { remoteRunners } from './runner/remote-runner.ts';
import { parseSweepNames, type SweepName } from './sweeps/sweep-names.ts';

/** Root of the workspace: paths on the command line and in messages count from there. */
const WORKSPACE = resolve(import.meta.dirname, '../../..');

/** More generators on one machine than any machine has use for. */
const MOST_WORKERS = 128;
/** More tasks or functions of a runner than a stage's load needs: each is paid for, and more is a slip. */
const MOST_REMOTE = 128;
/** Whoever waits longer waits for what does not come. */
const MOST_METRIC_WAIT_SECONDS = 3600;

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
  .option(
    '--workers <count>',
    'generators on this machine (default: one, more where one is too slow)',
    upTo(MOST_WORKERS),
  )
  .addOption(
    new Option('--runner <name>', 'deployed only: who sends the load, this machine or Artillery on AWS')
      .choices(['local', ...remoteRunners])
      .default('local'),
  )
  .option('--count <count>', 'with --runner on AWS: how many generators', upTo(MOST_REMOTE), 2)
  .option(
    '--sweep <names>',
    'vary payload, memory or both (payload,memory) too; full varies payload',
    sweepNames,
  )
  .option('--slo <file>', 'what the limits must hold', 'apps/loadtest/slo.json')
  .option('--results <directory>', 'where runs are kept', 'results')
  .addOption(
    new Option('--engine <name>', 'local only: DynamoDB engine')
      .choices(['auto', 'dynoxide', 'dynalite'])
      .default('auto'),
  )
  .option('--dynamodb-endpoint <url>', 'local only: a DynamoDB Local of your own')
  .option('--meter', 'local only: count write units, and enforce what the table allows', false)
  .option('--aws-profile <name>', 'deployed only: profile of the AWS credentials')
  .option('--api-key-env <name>', 'environment variable that holds the API key which the stage asks for')
  .option('--yes', 'deployed only: load the stage without asking', false)
  .option(
    '--keep',
    'a local stage stays up until Ctrl-C; in a deployed table the entries of the run stay',
    false,
  )
  .option(
    '--metric-wait <seconds>',
    'deployed only: how long to wait for metrics, which CloudWatch publishes minutes late',
    upTo(MOST_METRIC_WAIT_SECONDS),
    600,
  )
  .option(
    '--metric-period <seconds>',
    "deployed only: shortest period of the stage's metrics (60 on AWS; a local stage behind AWS_ENDPOINT_URL has 1)",
    upTo(AWS_METRIC_PERIOD_SECONDS),
  )
  .option('--config-dir <folder>', 'folder of stages.json and throttle.<stage>.json', 'apps/infra/config')
  .option('--cdk-out <folder>', 'folder of the synthesized templates', 'apps/infra/cdk.out')
  // So that an option after a command is that command's.
  .enablePositionalOptions()
  .showHelpAfterError('(npx spillway-loadtest --help lists the options)')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));

command.action(async (options: Omit<LoadtestOptions, 'workspace'>) => {
  const idle = idleOption(options, (option) => command.getOptionValueSource(option) === 'cli');
  if (idle !== null) command.error(`error: ${idle}`);
  process.exitCode = await runLoadtest({
    ...options,
    slo: resolve(WORKSPACE, options.slo),
    results: resolve(WORKSPACE, options.results),
    configDir: resolve(WORKSPACE, options.configDir),
    cdkOut: resolve(WORKSPACE, options.cdkOut),
    workspace: WORKSPACE,
  });
});

const terms = {
  workspace: WORKSPACE,
  print: (text: string) => process.stdout.write(`${text}\n`),
  complain: (text: string) => process.stderr.write(`loadtest: ${text}\n`),
  finish: (exitCode: number) => {
    process.exitCode = exitCode;
  },
};
addCompareCommand(command, terms);
addHistoryCommand(command, terms);
addRestoreCommand(command, terms);
addCleanCommand(command, terms);

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

function sweepNames(value: string): readonly SweepName[] {
  const names = parseSweepNames(value);
  if (names === null) throw new InvalidArgumentError('want payload, memory, or both with a comma between.');
  return names;
}

function upTo(most: number): (value: string) => number {
  return (value) => {
    const count = Number(value);
    if (!Number.isInteger(count) || count < 1 || count > most)
      throw new InvalidArgumentError(`want a whole number from 1 to ${most}.`);
    return count;
  };
}
