import { readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import * as z from 'zod';
import { runCommand } from '../template-diff/run-command.ts';
import type { Change } from './plan-stage.ts';
import { productionFiles } from './production-files.ts';
import { sortFiles, STAGES_FILE } from './sort-files.ts';

const stagesSchema = z.record(z.string(), z.unknown());
const projectsSchema = z.array(z.string());

/** The project that is deployed. */
const DEPLOYED = 'infra';

/** Files named in one call of Nx: an argument holds 128 KiB. */
const FILES_A_CALL = 500;

/** A program that the plan rests on failed. */
export class PlanError extends Error {
  readonly code = 'PLAN_FAILED';

  constructor(command: string, output: string) {
    super(`${command}: ${output.trim()}; want a clone with its history, and npm ci`);
    this.name = 'PlanError';
  }
}

/**
 * What changed between a commit and the tree as it is checked out; `null` where this clone has no such commit.
 * @param revision commit that a stage was deployed from
 * @throws PlanError
 */
export async function readChange(root: string, revision: string): Promise<Change | null> {
  const commit = await runCommand('git', ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`], root);
  if (commit.status !== 0) return null;
  const base = commit.stdout.trim();
  const files = lines(await succeed('git', ['diff', '--name-only', '--no-renames', base], root));
  const projects = await readProjects(root);
  const nxJson: unknown = JSON.parse(readFileSync(join(root, 'nx.json'), 'utf8'));
  const sorted = sortFiles(files, productionFiles(nxJson, projects, matchesGlob));
  const after = parseStages(readFileSync(join(root, STAGES_FILE), 'utf8'));
  return {
    throttled: sorted.throttled,
    stagesAfter: after,
    stagesBefore: sorted.isStagesFile ? await stagesAt(root, base) : after,
    shared: (await isDeployedFrom(root, sorted.shared)) ? sorted.shared : [],
  };
}

/** Folders of the workspace's projects. */
async function readProjects(root: string): Promise<string[]> {
  const files = await succeed('git', ['ls-files', '--cached', '--others', '*/*/project.json'], root);
  return lines(files).map((file) => file.replace(/\/project\.json$/, ''));
}

/** Whether Nx counts the deployed project among those that these files affect. */
async function isDeployedFrom(root: string, files: readonly string[]): Promise<boolean> {
  if (files.length === 0) return false;
  const some = files.slice(0, FILES_A_CALL).join(',');
  const affected = await succeed('nx', ['show', 'projects', '--affected', `--files=${some}`, '--json'], root);
  if (projectsSchema.parse(JSON.parse(affected)).includes(DEPLOYED)) return true;
  return isDeployedFrom(root, files.slice(FILES_A_CALL));
}

async function stagesAt(root: string, commit: string): Promise<Record<string, unknown>> {
  const { status, stdout } = await runCommand('git', ['show', `${commit}:${STAGES_FILE}`], root);
  return status === 0 ? parseStages(stdout) : {};
}

function parseStages(text: string): Record<string, unknown> {
  return stagesSchema.parse(JSON.parse(text));
}

async function succeed(program: string, args: readonly string[], root: string): Promise<string> {
  const command = program === 'nx' ? join(root, 'node_modules/.bin/nx') : program;
  const { status, stdout, stderr } = await runCommand(command, args, root);
  if (status !== 0) throw new PlanError(`${program} ${args.slice(0, 3).join(' ')}`, stderr || stdout);
  return stdout;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
