import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { linkDependencies } from '../src/template-diff/link-dependencies.ts';

// Two syntheses a test: work, not waiting, which a busy machine must not fail.
jest.setTimeout(120_000);

const workspace = resolve(import.meta.dirname, '../../..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-template-diff-'));
const repository = join(scratch, 'repository');
const infra = join(repository, 'apps/infra');
const summary = join(scratch, 'summary.md');

/** What a synthesis needs of this repository. */
const PARTS = [
  'package.json',
  'package-lock.json',
  'apps/infra/package.json',
  'apps/infra/cdk.json',
  'apps/infra/config',
  'apps/infra/src',
  'apps/ingest/dist',
  'libs/shared/package.json',
  'libs/shared/src',
  'libs/throttle/package.json',
  'libs/throttle/src',
];

/** Runs a program in the copy, with an identity for git and nothing of this machine's settings but what is given. */
function run(
  program: string,
  args: readonly string[],
  cwd = repository,
  variables: Readonly<Record<string, string>> = {},
) {
  const env = {
    ...variables,
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    TMPDIR: scratch,
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

function commit(message: string): string {
  git('add', '--all');
  git('commit', '--quiet', `--message=${message}`);
  return git('rev-parse', 'HEAD');
}

/** Any of the configuration files, loosely. */
type Json = Record<string, Record<string, unknown>>;

/** Changes one file of the copy, as JSON. */
function change(path: string, edit: (json: Json) => void): void {
  const file = join(infra, path);
  const json = JSON.parse(readFileSync(file, 'utf8'));
  edit(json);
  writeFileSync(file, JSON.stringify(json));
}

/** Synthesizes the copy as it is, as Nx does before it compares. */
function synthesize(): void {
  const { status, stderr } = run(process.execPath, ['src/main.ts'], infra);
  if (status !== 0) throw new Error(`synth: ${stderr}`);
}

function templateDiff(...args: readonly string[]) {
  const { status, stdout, stderr } = run(process.execPath, ['src/template-diff/main.ts', ...args], infra);
  return { status, stdout, stderr };
}

let base: string;

beforeAll(() => {
  mkdirSync(repository);
  for (const part of PARTS) cpSync(join(workspace, part), join(repository, part), { recursive: true });
  writeFileSync(join(repository, '.gitignore'), 'node_modules\ncdk.out\ndist\n');
  git('init', '--quiet', '--initial-branch=main');
  base = commit('base');
  linkDependencies(workspace, repository);
  synthesize();
});
afterEach(() => git('checkout', '--quiet', '--', '.'));
afterAll(() => rmSync(scratch, { recursive: true }));

describe('template-diff', () => {
  it('says that nothing changes where nothing does, and leaves nothing behind', () => {
    synthesize();
    const before = [git('status', '--porcelain'), git('worktree', 'list'), readdirSync(scratch)];
    expect(templateDiff(`--base=${base}`)).toEqual({
      status: 0,
      stdout: `## Templates against \`${base.slice(0, 7)}\`\n\nNo change in any stage.\n`,
      stderr: '',
    });
    expect([git('status', '--porcelain'), git('worktree', 'list'), readdirSync(scratch)]).toEqual(before);
  });

  it.each(['no-such-branch', '--help', 'HEAD:package.json'])('answers base %s with one line', (revision) => {
    const { status, stdout, stderr } = templateDiff(`--base=${revision}`);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^template-diff: --base=.*: no such commit here, want .*; run git fetch.*\n$/);
  });

  it('compares nothing with a base that is broken, and says why', () => {
    writeFileSync(join(infra, 'config/stages.json'), '{');
    const broken = commit('broken');
    git('reset', '--quiet', '--hard', base);
    const { status, stdout } = templateDiff(`--base=${broken}`);
    expect(status).toBe(0);
    expect(stdout).toMatch(/Not compared: .*can't be synthesized: .*stages\.json: not JSON/);
  });

  it('takes a commit from before there were stages for an empty one', () => {
    const tree = git('hash-object', '-t', 'tree', '-w', '/dev/null');
    const empty = git('commit-tree', tree, '-m', 'empty');
    expect(templateDiff(`--base=${empty}`).stdout).toMatch(/^\| prod +\| new stage/m);
  });

  it('shows a changed limit of one stage, compares with main by default, and appends to a summary', () => {
    change('config/throttle.dev.json', ({ limits }) => (limits!.reservedConcurrency = 77));
    writeFileSync(summary, 'before\n');
    synthesize();
    const { status, stdout } = templateDiff(`--append-to=${summary}`);
    expect(status).toBe(0);
    expect(stdout).toContain('ReservedConcurrentExecutions: `100` → `77`');
    expect(stdout).toMatch(/^\| local +\| no change/m);
    expect(stdout).toMatch(/^### dev$/m);
    expect(stdout).not.toContain('CAUTION');
    expect(readFileSync(summary, 'utf8')).toBe(`before\n${stdout}`);
  });

  it('warns of a table that would be replaced, and shows a permission that is added', () => {
    const table = join(infra, 'src/constructs/entries-table.ts');
    const text = readFileSync(table, 'utf8');
    expect(text).toContain("['dynamodb:PutItem']");
    const changed = text
      .replace("name: 'id'", "name: 'key'")
      .replace("'dynamodb:PutItem'", "'dynamodb:Put*'");
    writeFileSync(table, changed);
    synthesize();
    const { stdout } = templateDiff('--base=HEAD');
    expect(stdout).toMatch(
      /> - `Entries\w+` \(AWS::DynamoDB::Table\) would be replaced, and with it its entries/,
    );
    expect(stdout).toMatch(/^\| \+ +\| Allow \|.*dynamodb:Put\*/m);
    expect(stdout).toMatch(/🔑/);
  });

  it('places a stage that the base does not have yet', () => {
    change('config/stages.json', (stages) => (stages['canary'] = stages['dev']!));
    writeFileSync(
      join(infra, 'config/throttle.canary.json'),
      readFileSync(join(infra, 'config/throttle.dev.json'), 'utf8').replace('"dev"', '"canary"'),
    );
    const places = { SPILLWAY_CANARY_ACCOUNT: '123456789012', SPILLWAY_CANARY_REGION: 'eu-west-1' };
    const node = (...args: readonly string[]) => run(process.execPath, args, infra, places);
    expect(node('src/main.ts').status).toBe(0);
    const { stdout, stderr } = node('src/template-diff/main.ts', '--base=HEAD');
    rmSync(join(infra, 'config/throttle.canary.json'));
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\| canary \| new stage, \d+ resources/m);
    expect(stdout).toMatch(/^\| prod +\| no change/m);
  });

  it('shows a stage that is new, and one that is gone', () => {
    change('config/stages.json', (stages) => {
      stages['canary'] = stages['staging']!;
      delete stages['staging'];
    });
    change('config/throttle.staging.json', (config) => Object.assign(config, { stage: 'canary' }));
    cpSync(join(infra, 'config/throttle.staging.json'), join(infra, 'config/throttle.canary.json'));
    synthesize();
    const { stdout } = templateDiff('--base=HEAD');
    rmSync(join(infra, 'config/throttle.canary.json'));
    expect(stdout).toMatch(/^\| canary \| new stage, \d+ resources/m);
    expect(stdout).toMatch(/^\| staging \| no longer a stage, \d+ resources/m);
  });
});
