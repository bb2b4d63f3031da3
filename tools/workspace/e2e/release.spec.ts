import { askOrigin, makeClone } from './job/clone.ts';
import { GIT } from './job/machine.ts';
import { runJob, TOKEN } from './job/run-job.ts';
import { readWorkflow } from './job/read-github.ts';

/** Nx as far as the job sees it: a dry run tags nothing. */
const nx = `case "$*" in *"release publish"*) ;; *--dry-run*) ;; *"nx release"*) ${GIT} tag --annotate --message=v v1.2.0;; esac`;

function release(commands: Record<string, string> = {}, inputs: object = {}, ref = 'refs/heads/main') {
  return runJob('release', 'release', {
    commands: { npx: nx, git: `exec ${GIT} "$@"`, ...commands },
    contexts: {
      github: { ref },
      inputs: { version: '', 'first-release': false, 'dry-run': false, ...inputs },
    },
    prepare: (machine) => makeClone(machine)('tag', 'v1.1.0'),
  });
}
const stepsOf = ({ calls }: ReturnType<typeof release>) =>
  calls.filter((call) => /^(npx|git push|gh)/.test(call));

const CHECK =
  'npx nx run-many -t lint typecheck test e2e --projects=shared,client,pack --output-style=static';

describe('release.yml', () => {
  it('checks, versions, publishes, and only then pushes the tag', () => {
    const run = release();
    expect(run.result).toBe('success');
    expect(stepsOf(run)).toEqual([
      CHECK,
      'npx nx release --skip-publish',
      'npx nx release publish',
      'gh auth setup-git',
      'git push origin v1.2.0',
      'gh release create v1.2.0 --verify-tag --title v1.2.0 --notes-file dist/CHANGELOG.md',
    ]);
    const tags = askOrigin(run.machine, 'tag', '--list');
    expect({ tags, summary: run.summary }).toEqual({ tags: 'v1.2.0\n', summary: 'Released: v1.2.0\n' });
  });

  it('says what it would release, and publishes and pushes nothing', () => {
    const run = release({}, { 'dry-run': true });
    expect({ result: run.result, steps: stepsOf(run), summary: run.summary }).toEqual({
      result: 'success',
      steps: [CHECK, 'npx nx release --skip-publish --dry-run'],
      summary: 'Released: nothing\n',
    });
  });

  it('takes the first version as it is said', () => {
    expect(stepsOf(release({}, { version: '1.0.0', 'first-release': true }))).toContain(
      'npx nx release 1.0.0 --first-release --skip-publish',
    );
  });

  it('publishes nothing where the commits ask for no release', () => {
    const run = release({ npx: '' });
    expect({ result: run.result, steps: stepsOf(run) }).toEqual({
      result: 'success',
      steps: [CHECK, 'npx nx release --skip-publish'],
    });
  });

  it('pushes no tag of what could not be published, so that it can be run again', () => {
    const run = release({
      npx: `case "$*" in *publish) exit 1;; esac\n${nx}`.replace('*publish)', '*"release publish")'),
    });
    expect(run.result).toBe('failure');
    expect(run.calls.filter((call) => call.startsWith('git push'))).toEqual([]);
  });

  it('releases nothing that does not pass its checks', () => {
    const run = release({ npx: 'exit 1' });
    expect({ result: run.result, steps: stepsOf(run) }).toEqual({ result: 'failure', steps: [CHECK] });
  });

  it('releases main only, from nobody’s cache, in an environment that npm trusts, with a token of the moment', () => {
    expect(release({}, {}, 'refs/heads/feature').result).toBe('skipped');
    expect(release().calls).not.toContain('uses actions/cache');
    const { environment, permissions } = readWorkflow('release').jobs['release']!;
    expect({ environment, permissions }).toEqual({
      environment: 'npm',
      permissions: { contents: 'write', 'id-token': 'write' },
    });
  });

  it('says the token to nobody', () => {
    const run = release();
    expect([...run.calls, run.text, run.summary].join('\n')).not.toContain(TOKEN);
  });
});
