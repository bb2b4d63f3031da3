import { spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { linkDependencies } from '../src/template-diff/link-dependencies.ts';

// Nx reads a workspace of its own first: work, not waiting, which a busy machine must not fail.
jest.setTimeout(120_000);

const workspace = resolve(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-affected-stages-'));
const repository = join(scratch, 'repository');
const output = join(scratch, 'output');

function run(program: string, args: readonly string[], cwd = repository) {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    NX_DAEMON: 'false',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'a',
    GIT_AUTHOR_EMAIL: 'a@example.com',
    GIT_COMMITTER_NAME: 'a',
    GIT_COMMITTER_EMAIL: 'a@example.com',
  };
  return spawnSync(program, args, { cwd, env, encoding: 'utf8' });
}

function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = run('git', args);
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** The files of this workspace as they are, committed or not. */
function copyWorkspace(): void {
  const listed = run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], workspace);
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`);
  for (const file of listed.stdout.split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    cpSync(join(workspace, file), join(repository, file), { force: true });
  }
}

function affectedStages(...args: readonly string[]) {
  rmSync(output, { force: true });
  const main = join(repository, 'apps/infra/src/affected-stages/main.ts');
  const { status, stdout, stderr } = run(process.execPath, [main, ...args, `--github-output=${output}`]);
  return { status, stdout, stderr };
}

/** Stages that the change since the base deploys, from what the workflow reads. */
function stagesSince(revision: string): string[] {
  const { status, stderr } = affectedStages(`--base=${revision}`);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const [, matrix = ''] = /^stages=(.*)\n$/.exec(readFileSync(output, 'utf8')) ?? [];
  return JSON.parse(matrix).map(({ stage }: { stage: string }) => stage);
}

/** Commits a change of files on top of the base: text to add at their end, or what to make of them. */
function commit(changes: Record<string, string | ((text: string) => string)>): void {
  for (const [file, change] of Object.entries(changes)) {
    const path = join(repository, file);
    if (typeof change === 'string') appendFileSync(path, change);
    else writeFileSync(path, change(readFileSync(path, 'utf8')));
  }
  git('commit', '--quiet', '--all', '--message=change');
}

const rateOf = (rate: number) => (text: string) => text.replace(/"rateLimit": \d+/, `"rateLimit": ${rate}`);

let base: string;

beforeAll(() => {
  mkdirSync(repository);
  copyWorkspace();
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=base');
  base = git('rev-parse', 'HEAD');
  linkDependencies(workspace, repository);
});
afterEach(() => git('reset', '--quiet', '--hard', base));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('affected-stages', () => {
  it.each<[string, Parameters<typeof commit>[0], string[]]>([
    ['limits of one stage: that one', { 'apps/infra/config/throttle.dev.json': rateOf(17) }, ['dev']],
    [
      'limits of one stage, beside tests and prose: that one',
      {
        'apps/infra/config/throttle.staging.json': rateOf(17),
        'libs/shared/src/entry.spec.ts': '// changed\n',
        'README.md': 'changed\n',
      },
      ['staging'],
    ],
    [
      'what one stage is like: that one',
      {
        'apps/infra/config/stages.json': (text) =>
          text.replace(/("prod": \{[^}]*"logRetentionDays": )90/, '$130'),
      },
      ['prod'],
    ],
    ['the contract: every stage', { 'libs/shared/src/entry.ts': '// changed\n' }, ['dev', 'staging', 'prod']],
    [
      'the handler: every stage',
      { 'apps/ingest/src/handler.ts': '// changed\n' },
      ['dev', 'staging', 'prod'],
    ],
    [
      'the stack: every stage',
      { 'apps/infra/src/ingest-stack.ts': '// changed\n' },
      ['dev', 'staging', 'prod'],
    ],
    ['a scenario: none', { 'apps/loadtest/scenarios/sustained.yml': '# changed\n' }, []],
    ['the load test, the capacity method: none', { 'libs/capacity/src/index.ts': '// changed\n' }, []],
    [
      'a workflow, a test: none',
      { '.github/workflows/ci.yml': '# changed\n', 'apps/infra/e2e/commands.spec.ts': '\n' },
      [],
    ],
    [
      'the limits of the stage that is never deployed: none',
      { 'apps/infra/config/throttle.local.json': rateOf(17) },
      [],
    ],
  ])('deploys on a change of %s', (_what, changes, stages) => {
    commit(changes);
    expect(stagesSince(base)).toEqual(stages);
  });

  it('compares each stage with the commit that it was deployed from', () => {
    commit({ 'apps/infra/config/throttle.dev.json': rateOf(17) });
    const { status, stdout } = affectedStages(
      `--since=dev=${base}`,
      '--since=staging=HEAD',
      '--since=prod=0000000',
    );
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^dev +deploy: throttle\.dev\.json changed\nstaging +stays.*\nprod +deploy: this clone has no commit/,
    );
    expect(readFileSync(output, 'utf8')).toBe(
      'stages=[{"stage":"dev","limits":"any"},{"stage":"prod","limits":"measured"}]\n',
    );
  });

  it('deploys a stage that was never deployed', () => {
    expect(affectedStages('--stage=staging').stdout).toMatch(/^staging +deploy: no commit is said/);
  });

  it('lists the stages in their order', () => {
    expect(affectedStages('--list').stdout).toBe('dev\nstaging\nprod\n');
  });

  it.each([
    ['a stage that there is not', ['--stage=nope'], /^affected-stages: stage "nope" is unknown/],
    [
      'the stage that is never deployed',
      ['--stage=local'],
      /^affected-stages: stage "local" is only ever played/,
    ],
    ['a base without a stage', ['--since=main'], /want <stage>=<revision>/],
  ])('refuses %s', (_what, args, line) => {
    const { status, stderr } = affectedStages(...args);
    expect(status).toBe(1);
    expect(stderr).toMatch(line);
  });
});
