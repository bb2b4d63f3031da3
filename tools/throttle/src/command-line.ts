import { Command, InvalidArgumentError, Option } from 'commander';
import { relative, resolve } from 'node:path';
import { check, stagesWithLimits } from './check.ts';
import { describeChecks, describeExplanation, describeUpdate, isAccepted } from './describe-outcome.ts';
import type { Paint } from './diff-text.ts';
import { explain } from './explain.ts';
import { update } from './update.ts';
import { throttleFile } from './workspace-files.ts';

/** What the commands need of the process. */
export interface Surroundings {
  /** Workspace that this tool is part of; `--workspace` names another. */
  readonly workspace: string;
  readonly nowMs: number;
  readonly paint: Paint;
  readonly print: (text: string) => void;
}

interface Places {
  readonly workspace: string;
  readonly results: string;
  readonly configDir: string;
  readonly cdkOut: string;
}

/**
 * The commands `update`, `check` and `explain`.
 * @param finish takes the exit code of the command that ran: 0 done, 1 refused or failed check
 */
export function commandLine(surroundings: Surroundings, finish: (exitCode: 0 | 1) => void): Command {
  const { workspace, paint, print } = surroundings;
  const program = new Command('throttle')
    .description('Measured limits: from a run of the load test to apps/infra/config/throttle.<stage>.json')
    .option('--workspace <dir>', 'what relative paths count from', workspace)
    .option('--results <dir>', 'folder of runs', 'results')
    .option('--config-dir <dir>', 'folder of throttle files', 'apps/infra/config')
    .option('--cdk-out <dir>', 'folder of synthesized templates', 'apps/infra/cdk.out')
    .addHelpText(
      'after',
      '\nPaths are relative to the workspace. Exit codes: 0 done, 1 refused or failed check, 2 usage.',
    );

  const files = () => {
    const { workspace: named, results, configDir, cdkOut } = program.opts<Places>();
    const root = resolve(named);
    return {
      root,
      results: resolve(root, results),
      config: resolve(root, configDir),
      cdkOut: resolve(root, cdkOut),
    };
  };

  program
    .command('update')
    .description('write the limits that a run proposes and verified, or say why not')
    .argument('[run]', 'id or folder of a run; without it the newest complete run of the stage')
    .addOption(stageOption().default('local'))
    .option('--dry-run', 'print the change and write nothing', false)
    .action(async (run: string | undefined, { stage, dryRun }: { stage: string; dryRun: boolean }) => {
      const places = files();
      const outcome = await update({ files: places, stage, run, dryRun, nowMs: surroundings.nowMs });
      print(describeUpdate(outcome, places.root, paint));
      finish(outcome.kind === 'refused' ? 1 : 0);
    });

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

  program
    .command('explain')
    .description('say what the limits of a file will do')
    .argument('[file]', 'a throttle file; without it the one of the stage')
    .addOption(stageOption().default('local'))
    .option('--duration-ms <ms>', 'mean duration of an invocation', positiveNumber)
    .action((file: string | undefined, { stage, durationMs }: { stage: string; durationMs?: number }) => {
      const places = files();
      const path = file === undefined ? throttleFile(places, stage) : resolve(places.root, file);
      print(describeExplanation(relative(places.root, path), explain(path, durationMs), paint));
      finish(0);
    });

  return program;
}

function stageOption(): Option {
  return new Option('--stage <stage>', 'stage, as in throttle.<stage>.json').argParser((value: string) => {
    if (/^[a-z][a-z0-9-]*$/.test(value)) return value;
    throw new InvalidArgumentError('want lower-case letters, digits and dashes, such as local or dev.');
  });
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw new InvalidArgumentError('want a number of milliseconds above 0.');
}
