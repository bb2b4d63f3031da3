import { ThrottleConfigError } from '@spillway/throttle';
import { Command } from 'commander';
import { cdkArguments, cdkVerbs } from './cdk-command.ts';
import type { CdkVerb } from './cdk-command.ts';
import { environment } from './environment.ts';
import { readStages, readThrottleFile } from './read-configuration.ts';
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

interface Options {
  readonly stage?: string;
  readonly profile?: string;
  readonly allowPlaceholder?: boolean;
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
  const args = cdkArguments(
    { verb, stage, profile: options.profile, allowPlaceholder: options.allowPlaceholder ?? false, forwarded },
    readStages(environment.stagesFile),
    (name) => readThrottleFile(name, environment.throttleDir),
  );
  if (stage !== undefined && options.stage === undefined) {
    console.error(`${verb}: stage "${stage}" (say --stage=<name> for another)`);
  }
  process.exitCode = await runCdk(args, environment.projectRoot);
}
