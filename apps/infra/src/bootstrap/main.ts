import { Command } from 'commander';
import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { environment } from '../environment.ts';
import { placeStages } from '../place-stages.ts';
import { readStages } from '../read-configuration.ts';
import { runCdk } from '../run-cdk.ts';
import { StageError } from '../stage-error.ts';
import { requireStage } from '../stages.ts';
import { readGithub, subjectOf } from './github-config.ts';
import { synthesizeBootstrap } from './synthesize-bootstrap.ts';

/** Synthesizes what GitHub's workflows need of a stage's account; touches AWS only where `--diff` or `--deploy` says so. */
interface Options {
  readonly stage?: string;
  readonly profile?: string;
  readonly diff?: boolean;
  readonly deploy?: boolean;
}

const DEFAULT_STAGE = 'dev';

const program = new Command('bootstrap')
  .description("GitHub's identity provider, and the roles that deploy and load-test one stage.")
  .option('--stage <name>', `stage of config/stages.json (default: SPILLWAY_STAGE, else ${DEFAULT_STAGE})`)
  .option('--profile <name>', 'AWS profile of somebody who may make roles')
  .option('--diff', 'also shows what a deployment would change')
  .option('--deploy', 'also deploys')
  .argument('[arguments...]', 'options of the CDK CLI, passed on to it')
  .allowUnknownOption()
  .parse();

try {
  process.exitCode = await bootstrap(program.opts<Options>(), program.args);
} catch (error) {
  if (!(error instanceof StageError)) throw error;
  console.error(`bootstrap: ${error.message}`);
  process.exitCode = 1;
}

async function bootstrap(options: Options, forwarded: readonly string[]): Promise<number> {
  const name = options.stage ?? environment.defaultStage ?? DEFAULT_STAGE;
  const stages = placeStages(readStages(environment.stagesFile), environment.places);
  const stage = requireStage(stages, name);
  if (stage.deploy === 'never') {
    throw new StageError(
      'STAGE_NOT_DEPLOYED',
      `stage "${name}" is only ever played on this machine: it needs no roles`,
    );
  }
  const trust = readGithub(environment.githubFile);
  const outdir = join(environment.projectRoot, 'dist/bootstrap', name);
  rmSync(outdir, { recursive: true, force: true });
  const stacks = synthesizeBootstrap({ name, stage, trust, outdir });
  const place = stage.account
    ? `account ${stage.account}, ${stage.region}`
    : 'the account and Region of the profile';
  console.log(`Stage    ${name}, ${place}`);
  console.log(`Trusts   ${subjectOf(trust, name)}`);
  console.log(`         ${subjectOf(trust, `${name}-loadtest`)}`);
  console.log(`Stacks   ${stacks.join(', ')}`);
  console.log(`Template ${relative(join(environment.projectRoot, '../..'), outdir)}`);
  const verb = options.deploy ? 'deploy' : options.diff ? 'diff' : undefined;
  if (verb === undefined) {
    console.log(`Next     npx nx run infra:bootstrap --stage=${name} --deploy --profile=<profile>`);
    return 0;
  }
  const profile = options.profile === undefined ? [] : [`--profile=${options.profile}`];
  return runCdk([verb, ...stacks, `--app=${outdir}`, ...profile, ...forwarded], environment.projectRoot);
}
