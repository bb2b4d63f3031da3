import { Command, InvalidArgumentError } from 'commander';
import { appendFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { environment } from '../environment.ts';
import { readStages } from '../read-configuration.ts';
import { StageError } from '../stage-error.ts';
import { requireStage } from '../stages.ts';
import type { Stage } from '../stages.ts';
import { reasonToDeploy } from './plan-stage.ts';
import { PlanError, readChange } from './read-change.ts';

/** Which stages a change deploys: those made from something else than what they were last deployed from. Changes nothing. */
interface Options {
  readonly stage: readonly string[];
  readonly since: Readonly<Record<string, string>>;
  readonly base?: string;
  readonly githubOutput?: string;
  readonly list?: boolean;
}

const program = new Command('affected-stages')
  .description('Says which stages a change deploys, and why.')
  .option(
    '--stage <name>',
    'only this stage; may be repeated',
    (name, names: string[]) => [...names, name],
    [],
  )
  .option('--base <revision>', 'commit that every stage was last deployed from')
  .option(
    '--since <stage=revision>',
    'commit that this stage was last deployed from; may be repeated',
    since,
    {},
  )
  .option('--list', 'only lists the stages that may be deployed, in order')
  .option('--github-output <file>', 'also appends stages=<JSON of a matrix> to this file')
  .parse();

const root = resolve(environment.projectRoot, '../..');
const LIMITS: Record<Exclude<Stage['deploy'], 'never'>, string> = {
  'any-limits': 'any',
  'measured-limits': 'measured',
};

try {
  await plan(program.opts<Options>());
} catch (error) {
  if (!(error instanceof StageError || error instanceof PlanError)) throw error;
  console.error(`affected-stages: ${error.message}`);
  process.exitCode = 1;
}

async function plan({ stage: named, since: bases, base, githubOutput, list }: Options): Promise<void> {
  const stages = readStages(environment.stagesFile);
  const names = named.length > 0 ? [...named] : Object.keys(stages);
  const deployable = names.flatMap((name) => {
    const { deploy } = requireStage(stages, name);
    if (deploy !== 'never') return [{ stage: name, limits: LIMITS[deploy] }];
    if (named.length === 0) return [];
    throw new StageError('STAGE_NOT_DEPLOYED', `stage "${name}" is only ever played on this machine`);
  });
  if (list) {
    for (const { stage } of deployable) console.log(stage);
    return;
  }
  const read = changeReader();
  const planned: typeof deployable = [];
  for (const one of deployable) {
    const reason = await reasonSince(one.stage, bases[one.stage] ?? base, read);
    console.log(`${one.stage.padEnd(10)} ${reason === null ? 'stays as it is' : `deploy: ${reason}`}`);
    if (reason !== null) planned.push(one);
  }
  if (githubOutput !== undefined) appendFileSync(githubOutput, `stages=${JSON.stringify(planned)}\n`);
}

type ReadChange = (revision: string) => ReturnType<typeof readChange>;

/** Reads each commit once: stages mostly share one. */
function changeReader(): ReadChange {
  const changes = new Map<string, ReturnType<typeof readChange>>();
  return (revision) => {
    const change = changes.get(revision) ?? readChange(root, revision);
    changes.set(revision, change);
    return change;
  };
}

async function reasonSince(
  stage: string,
  revision: string | undefined,
  read: ReadChange,
): Promise<string | null> {
  if (revision === undefined) return 'no commit is said that it was deployed from';
  const change = await read(revision);
  return change === null ? `this clone has no commit ${revision}` : reasonToDeploy(stage, change);
}

function since(value: string, values: Record<string, string>): Record<string, string> {
  const [, stage, revision] = /^([a-z][a-z0-9-]*)=(.+)$/.exec(value) ?? [];
  if (stage === undefined || revision === undefined)
    throw new InvalidArgumentError('want <stage>=<revision>, such as dev=main.');
  return { ...values, [stage]: revision };
}
