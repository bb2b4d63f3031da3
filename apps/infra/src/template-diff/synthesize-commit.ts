import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { environment } from '../environment.ts';
import type { Template } from './diff-templates.ts';
import { linkDependencies } from './link-dependencies.ts';
import { readTemplates } from './read-templates.ts';
import { runCommand } from './run-command.ts';
import { TemplateDiffError } from './template-diff-error.ts';

const INFRA = 'apps/infra';
const BUNDLE = 'apps/ingest/dist';
const STAGES_FILE = 'config/stages.json';
const LOCK = 'package-lock.json';

/**
 * The full id of a commit.
 * @throws TemplateDiffError `BASE_UNKNOWN`
 */
export async function resolveCommit(revision: string, root: string): Promise<string> {
  // Never an option, whatever it begins with; and a commit, not any object.
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const { status, stdout } = await runCommand('git', args, root);
  if (status === 0) return stdout.trim();
  throw new TemplateDiffError(
    'BASE_UNKNOWN',
    `--base=${revision}: no such commit here, want one that this clone has; run git fetch origin, or fetch more history where the clone is shallow`,
  );
}

/**
 * Templates of a commit, by its own code, from a copy that is gone afterwards; nothing of the repository is touched. The
 * function's bundle is the one built here: its code is not compared.
 * @returns no templates where the commit has no stages yet
 * @throws TemplateDiffError `BASE_NOT_SYNTHESIZED`
 */
export async function synthesizeCommit(commit: string, root: string): Promise<ReadonlyMap<string, Template>> {
  const copy = mkdtempSync(join(tmpdir(), 'spillway-base-'));
  try {
    await unpack(commit, root, copy);
    if (!existsSync(join(copy, INFRA, 'src/main.ts'))) return new Map();
    await provideDependencies(commit, root, copy);
    mkdirSync(join(copy, BUNDLE), { recursive: true });
    cpSync(join(root, BUNDLE), join(copy, BUNDLE), { recursive: true });
    const outdir = join(copy, INFRA, 'cdk.out');
    const variables = {
      // What points this tree's synthesis elsewhere must not point that one there.
      ...{ CDK_OUTDIR: outdir, SPILLWAY_THROTTLE_DIR: '', SPILLWAY_STAGES_FILE: '' },
      ...blankPlaces(join(copy, INFRA, STAGES_FILE)),
    };
    await run(commit, process.execPath, ['src/main.ts'], join(copy, INFRA), variables);
    return readTemplates(outdir);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** A variable that places a stage which the commit does not have yet would stop its synthesis as a misspelt one. */
function blankPlaces(stagesFile: string): Record<string, string> {
  const stages = readStageNames(stagesFile);
  const strays = environment.places.filter(({ stage }) => !stages.includes(stage));
  return Object.fromEntries(strays.map(({ variable }) => [variable, '']));
}

/** None where the file is broken or not there, as the synthesis is about to say. */
function readStageNames(stagesFile: string): readonly string[] {
  try {
    return Object.keys(JSON.parse(readFileSync(stagesFile, 'utf8')) as object);
  } catch {
    return [];
  }
}

async function unpack(commit: string, root: string, copy: string): Promise<void> {
  const archive = join(copy, 'commit.tar');
  await run(commit, 'git', ['archive', '--format=tar', `--output=${archive}`, commit], root);
  await run(commit, 'tar', ['-xf', archive, '-C', copy], copy);
  rmSync(archive);
}

/** The packages installed here are right for any commit with the same lock file; another one needs its own. */
async function provideDependencies(commit: string, root: string, copy: string): Promise<void> {
  const [here, there] = [root, copy].map((folder) => readFileSync(join(folder, LOCK), 'utf8'));
  if (here === there) return linkDependencies(root, copy);
  console.error(`template-diff: ${commit.slice(0, 7)} has another ${LOCK}; installing its packages …`);
  await run(commit, 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], copy);
}

async function run(
  commit: string,
  program: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { status, stderr } = await runCommand(program, args, cwd, variables);
  if (status === 0) return;
  const lines = stderr.trim().split('\n');
  const reason = lines.find((line) => /\w*Error\b/.test(line)) ?? lines.at(-1);
  throw new TemplateDiffError(
    'BASE_NOT_SYNTHESIZED',
    `${commit.slice(0, 7)} can't be synthesized: ${basename(program)} ${args[0]} ended with ${status} (${reason}); want a base that can, or compare with another commit`,
  );
}
