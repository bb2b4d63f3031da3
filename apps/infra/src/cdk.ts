import { ThrottleConfigError } from '@spillway/throttle';
import { Command } from 'commander';
import { cdkArguments, cdkVerbs } from './cdk-command.ts';
import type { CdkVerb } from './cdk-command.ts';
import { environment } from './environment.ts';
import { placeStages } from './place-stages.ts';
import { readConfiguration, readStages, readThrottleFile } from './read-configuration.ts';
import { runCdk } from './run-cdk.ts';
import { StageError } from './stage-error.ts';

/** `deploy`, `diff`, `destroy` and `ls` by stage: the only commands of this project that touch AWS. */
const SUMMARIES: Record<CdkVerb, string> = {
  deploy: 'create or update a stage',
  diff: 'show what a deployment would change',
  destroy: 'delete a stage; its table stays where config/stages.json says retain',
  ls: 'list the stacks',
};

const DEFAULT_STAGE = 'dev';
/** Assembly that `synth` leaves, in the project's folder. */
const SYNTHESIZED = 'cdk.out';

interface Options {
  readonly stage?: string;
  readonly profile?: string;
  readonly allowPlaceholder?: boolean;
  readonly ignoreAlarms?: boolean;
}

const program = new Command('infra').description(
  'Deploys stages from the assembly that nx synth infra wrote.',
);
for (const verb of cdkVerbs) {
  program
    .command(verb)
    .description(SUMMARIES[verb])
    .option(
      '--stage <name>',
      `stage of config/stages.json (default: SPILLWAY_STAGE, else ${DEFAULT_STAGE}; ls: all)`,
    )
    .option('--profile <name>', 'AWS profile')
    .option('--allow-placeholder', 'deploy limits that nobody measured')
    .option('--ignore-alarms', 'deploy a fix while alarms fire, which would stop its rollout')
    .argument('[arguments...]', 'options of the CDK CLI, passed on to it')
    .allowUnknownOption()
    .action((forwarded: string[], options: Options) => run(verb, options, forwarded));
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof StageError || error instanceof ThrottleConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

async function run(verb: CdkVerb, options: Options, forwarded: readonly string[]): Promise<void> {
  const stage = options.stage ?? environment.defaultStage ?? (verb === 'ls' ? undefined : DEFAULT_STAGE);
  const { profile, allowPlaceholder = false, ignoreAlarms = false } = options;
  const stages = readStages(environment.stagesFile);
  const args = cdkArguments(
    { verb, stage, profile, allowPlaceholder, ignoreAlarms, forwarded },
    stages,
    (name) => readThrottleFile(name, environment.throttleDir),
  );
  if (stage !== undefined && options.stage === undefined) {
    console.error(`${verb}: stage "${stage}" (say --stage=<name> for another)`);
  }
  const runOver = (assembly: string) => runCdk([...args, `--app=${assembly}`], environment.projectRoot);
  if (!ignoreAlarms || stage === undefined) {
    process.exitCode = await runOver(SYNTHESIZED);
    return;
  }
  console.error(
    `${verb}: no alarm of stage "${stage}" stops this rollout; the next deployment heeds them again`,
  );
  const placed = placeStages(stages, environment.places);
  const configurations = readConfiguration(placed, environment.throttleDir);
  // Loads the CDK, which no other command here needs.
  const { withIgnoredAlarms } = await import('./ignored-alarms.ts');
  process.exitCode = await withIgnoredAlarms(stage, { ...environment, configurations }, runOver);
}
