import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lintAction, lintWorkflow } from './lint-workflow.ts';

const folder = resolve(import.meta.dirname, '../../../.github');
const commit = '0123456789abcdef0123456789abcdef01234567';

function workflow(step: string, permissions = 'permissions: { contents: read }', timeout = '5'): string {
  return `on: push\n${permissions}\njobs:\n  one:\n    runs-on: ubuntu-latest\n    timeout-minutes: ${timeout}\n    steps:\n      - ${step}\n`;
}

function action(step: string): string {
  return `name: a\ndescription: b\nruns:\n  using: composite\n  steps:\n    - ${step}\n`;
}

describe('lintWorkflow', () => {
  it.each([
    ['a pinned action', workflow(`uses: actions/cache@${commit} # v5.0.0`)],
    ['an action of this repository', workflow('uses: ./.github/actions/setup')],
    ['a command', workflow('run: npm test')],
    ['an expression in env', workflow('{ run: "echo $REF", env: { REF: "${{ github.head_ref }}" } }')],
    [
      'a checkout that keeps no token',
      workflow(`uses: actions/checkout@${commit} # v5.0.0\n        with: { persist-credentials: false }`),
    ],
  ])('accepts %s', async (_what, text) => expect(await lintWorkflow(text, 'w.yml')).toEqual([]));

  it.each([
    ['a tag', workflow('uses: actions/cache@v5'), /w\.yml: actions\/cache@v5 moves/],
    ['a branch', workflow('uses: actions/cache@main'), /cache@main moves/],
    ['a shortened commit', workflow(`uses: actions/cache@${commit.slice(1)}`), /moves/],
    ['a commit without its version', workflow(`uses: actions/cache@${commit}`), /says no version/],
    ['a commit with half a version', workflow(`uses: actions/cache@${commit} # v5`), /says no version/],
    ['default permissions', workflow('run: npm test', ''), /job one has no permissions/],
    ['an expression in a script', workflow('run: echo "${{ github.sha }}"'), /expression in its script/],
    ['a checkout that keeps its token', workflow(`uses: actions/checkout@${commit} # v5.0.0`), /persist-/],
    ['an unknown key', workflow('run: npm test\n        shel: bash'), /w\.yml:9:9: .*shel/],
    ['an unknown context', workflow('run: echo ${{ gitub.sha }}'), /w\.yml:8:.*gitub/],
    ['a timeout that is no number', workflow('run: npm test', 'permissions: {}', 'soon'), /w\.yml.*/],
    ['no jobs', 'on: push\npermissions: {}\n', /w\.yml:1:1: .*jobs/],
    ['what is no YAML', 'on: [push', /w\.yml:/],
  ])('names %s', async (_what, text, line) => {
    expect(await lintWorkflow(text, 'w.yml')).toEqual(expect.arrayContaining([expect.stringMatching(line)]));
  });

  it('names a job that may run for six hours', async () => {
    const text = workflow('run: npm test').replace(/ {4}timeout.*\n/, '');
    expect(await lintWorkflow(text, 'w.yml')).toEqual([expect.stringMatching(/job one has no timeout/)]);
  });

  it('names a called workflow that moves', async () => {
    const text =
      'on: push\npermissions: {}\njobs:\n  one:\n    uses: spillway/shared/.github/workflows/w.yml@main\n';
    expect(await lintWorkflow(text, 'w.yml')).toEqual([expect.stringMatching(/w\.yml@main moves/)]);
  });
});

describe('lintAction', () => {
  it('accepts a composite action', () => {
    expect(lintAction(action('{ run: npm ci, shell: bash }'), 'a.yml')).toEqual([]);
  });

  it.each([
    ['a command without a shell', action('run: npm ci'), /a\.yml.*shell/],
    ['an unknown key', action('{ run: npm ci, shell: bash, timeout-minutes: 5 }'), /a\.yml.*timeout-minutes/],
    ['an expression in a script', action('{ run: "echo ${{ inputs.a }}", shell: bash }'), /expression/],
    ['an action that moves', action('uses: actions/cache@v5'), /moves/],
    ['what is no YAML', 'runs: [', /a\.yml:/],
  ])('names %s', (_what, text, line) => {
    expect(lintAction(text, 'a.yml')).toEqual(expect.arrayContaining([expect.stringMatching(line)]));
  });
});

describe('.github', () => {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const workflows = globSync('workflows/*.{yml,yaml}', { cwd: folder }).sort();
  const actions = globSync('actions/*/action.{yml,yaml}', { cwd: folder }).sort();

  it('has the workflow that runs what .ci/run runs', () => {
    expect(read('workflows/ci.yml')).toContain('run: bash .ci/run');
  });

  it.each(workflows)('%s has no problem', async (path) => {
    expect(await lintWorkflow(read(path), path)).toEqual([]);
  });

  it.each(actions)('%s has no problem', (path) => expect(lintAction(read(path), path)).toEqual([]));

  it('pins each action by one commit', () => {
    const pins = [...workflows, ...actions].flatMap((path) =>
      [...read(path).matchAll(/uses:\s*([^.\s]\S*)@(\S+) # (\S+)/g)].map(([, name, at, version]) => [
        name,
        `${at} ${version}`,
      ]),
    );
    const byName = Map.groupBy(pins, ([name]) => name);
    expect(byName.size).toBeGreaterThan(5);
    for (const [, uses] of byName) expect(new Set(uses.map(([, pin]) => pin)).size).toBe(1);
  });

  it('keeps no long-lived keys: the only token is the one of the run', () => {
    for (const path of [...workflows, ...actions]) expect(read(path)).not.toMatch(/secrets\.|AWS_SECRET/);
  });
});
