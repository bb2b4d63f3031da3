import { Option, type Command } from 'commander';
import { resolve } from 'node:path';
import { environment } from '../environment.ts';
import { findDeployed } from '../find-deployed.ts';
import { removeRunEntries } from '../remove-run-entries.ts';
import { stageText } from '../stage/stage-text.ts';
import type { CommandTerms } from './command-terms.ts';
import { addDeployedOptions, runId, type DeployedOptions } from './deployed-options.ts';

interface CleanOptions extends DeployedOptions {
  readonly run: string;
}

/** `clean`: the entries of one run, and no other. */
export function addCleanCommand(program: Command, terms: CommandTerms): void {
  const command = program
    .command('clean')
    .description('Removes the entries that one run left in a deployed table, such as one that was kept')
    .addOption(new Option('--run <id>', 'the run').makeOptionMandatory().argParser(runId));
  addDeployedOptions(command).action(async ({ run, ...options }: CleanOptions) => {
    const configDir = resolve(terms.workspace, options.configDir);
    const stage = await findDeployed({ ...options, configDir, variable: environment.variable });
    terms.print(`Stage           ${stageText(stage).replace(/^stage /, '')}, table ${stage.tableName}`);
    const removed = await removeRunEntries(stage, run, new AbortController().signal);
    terms.print(removed.line.replace('<stage>', options.stage));
    terms.finish(removed.isDone ? 0 : 1);
  });
}
