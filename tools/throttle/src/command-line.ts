import { Command } from 'commander';
import { resolve } from 'node:path';
import { addAnalyzeCommand } from './commands/analyze-command.ts';
import { addCheckCommand } from './commands/check-command.ts';
import { addExplainCommand } from './commands/explain-command.ts';
import { addSimulateCommand } from './commands/simulate-command.ts';
import { addUpdateCommand } from './commands/update-command.ts';
import type { CommandTerms, Surroundings } from './surroundings.ts';

interface Places {
  readonly workspace: string;
  readonly results: string;
  readonly configDir: string;
  readonly cdkOut: string;
}

/**
 * The commands, each in a file of its own in commands/.
 * @param finish takes the exit code of the command that ran: 0 done, 1 refused or failed check
 */
export function commandLine(surroundings: Surroundings, finish: (exitCode: 0 | 1) => void): Command {
  const program = new Command('throttle')
    .description('Measured limits: from a run of the load test to apps/infra/config/throttle.<stage>.json')
    .option('--workspace <dir>', 'what relative paths count from', surroundings.workspace)
    .option('--results <dir>', 'folder of runs', 'results')
    .option('--config-dir <dir>', 'folder of throttle files', 'apps/infra/config')
    .option('--cdk-out <dir>', 'folder of synthesized templates', 'apps/infra/cdk.out')
    .addHelpText(
      'after',
      '\nPaths are relative to the workspace. Exit codes: 0 done, 1 refused or failed check, 2 usage.',
    );

  const files = () => {
    const { workspace, results, configDir, cdkOut } = program.opts<Places>();
    const root = resolve(workspace);
    return {
      root,
      results: resolve(root, results),
      config: resolve(root, configDir),
      cdkOut: resolve(root, cdkOut),
    };
  };

  const terms: CommandTerms = { ...surroundings, files, finish };
  for (const add of [
    addUpdateCommand,
    addCheckCommand,
    addExplainCommand,
    addSimulateCommand,
    addAnalyzeCommand,
  ])
    add(program, terms);
  return program;
}
