import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lintWorkflow } from './lint-workflow.ts';

const folder = resolve(import.meta.dirname, '../../../.github/workflows');
const commit = '0123456789abcdef0123456789abcdef01234567';

function workflow(step: string, permissions = 'permissions: { contents: read }'): string {
  return `on: push\n${permissions}\njobs:\n  one:\n    runs-on: ubuntu-latest\n    steps:\n      - ${step}\n`;
}

describe('lintWorkflow', () => {
  it.each([
    ['a pinned action', workflow(`uses: actions/checkout@${commit} # v5.0.0`)],
    ['an action of this repository', workflow('uses: ./.github/actions/set-up')],
    ['a command', workflow('run: npm test')],
  ])('accepts %s', async (_what, text) => expect(await lintWorkflow(text, 'w.yml')).toEqual([]));

  it.each([
    ['a tag', workflow('uses: actions/checkout@v5'), /w\.yml: actions\/checkout@v5 moves/],
    ['a branch', workflow('uses: actions/checkout@main'), /checkout@main moves/],
    ['a shortened commit', workflow(`uses: actions/checkout@${commit.slice(1)}`), /moves/],
    ['default permissions', workflow('run: npm test', ''), /no permissions/],
    ['an unknown key', workflow('run: npm test\n        shel: bash'), /w\.yml:8:9: .*shel/],
    ['an unknown context', workflow('run: echo ${{ gitub.sha }}'), /w\.yml:7:.*gitub/],
    ['no jobs', 'on: push\npermissions: {}\n', /w\.yml:1:1: .*jobs/],
    ['what is no YAML', 'on: [push', /w\.yml:/],
  ])('names %s', async (_what, text, line) => {
    expect(await lintWorkflow(text, 'w.yml')).toEqual(expect.arrayContaining([expect.stringMatching(line)]));
  });

  it('names a called workflow that moves', async () => {
    const text =
      'on: push\npermissions: {}\njobs:\n  one:\n    uses: spillway/shared/.github/workflows/w.yml@main\n';
    expect(await lintWorkflow(text, 'w.yml')).toEqual([expect.stringMatching(/w\.yml@main moves/)]);
  });
});

describe('.github/workflows', () => {
  const files = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));

  it('has the workflow that runs what .ci/run runs', () => {
    expect(readFileSync(join(folder, 'ci.yml'), 'utf8')).toContain('run: bash .ci/run');
  });

  it.each(files)('%s has no problem', async (name) => {
    expect(await lintWorkflow(readFileSync(join(folder, name), 'utf8'), name)).toEqual([]);
  });
});
