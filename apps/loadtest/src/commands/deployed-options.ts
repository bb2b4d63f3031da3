import { InvalidArgumentError, Option, type Command } from 'commander';

/** Options of the commands that put a deployed stage in order. */
export interface DeployedOptions {
  readonly stage: string;
  readonly awsProfile?: string;
  readonly configDir: string;
}

/** Where runs are kept, as their ids say. */
const RUN_ID = /^\d{8}-\d{6}-[a-z0-9]{4}$/;

/** Adds which stage, and who asks. */
export function addDeployedOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--stage <name>', 'the deployed stack Spillway-<name>')
        .makeOptionMandatory()
        .argParser(stageName),
    )
    .option('--aws-profile <name>', 'profile of the AWS credentials')
    .option('--config-dir <folder>', 'folder of stages.json', 'apps/infra/config');
}

/** Parser of a run's id: a part of one would be the start of many entries' ids. */
export function runId(value: string): string {
  if (RUN_ID.test(value)) return value;
  throw new InvalidArgumentError('want the id of a run, such as 20260131-142501-k3f9.');
}

function stageName(value: string): string {
  if (/^[a-z][a-z0-9-]*$/.test(value) && value !== 'local') return value;
  throw new InvalidArgumentError('want a deployed stage such as dev: a local one goes with its run.');
}
