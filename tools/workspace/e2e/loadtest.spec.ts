import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askOrigin, makeClone } from './job/clone.ts';
import type { RunGit } from './job/clone.ts';
import { GIT } from './job/machine.ts';
import type { Machine } from './job/machine.ts';
import { runJob, TOKEN } from './job/run-job.ts';

const vars = { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/loadtest', AWS_REGION: 'eu-west-1' };
const LIMITS = 'apps/infra/config/throttle.dev.json';

/** A load test that leaves its results, and an update that writes other limits. */
const measured = {
  npx: `case "$*" in
    *"loadtest restore"*) ;;
    *"run loadtest"*) mkdir -p results/one; echo "Verified: 700" > results/one/summary.md;;
    *"throttle update"*) echo '{"rateLimit": 700}' > ${LIMITS}; for word; do case "$word" in --summary=*) echo "700/s" > "\${word#--summary=}";; esac; done;;
  esac`,
  git: `exec ${GIT} "$@"`,
};

describe('loadtest.yml, job measure', () => {
  const measure = (
    commands: Record<string, string> = {},
    inputs: object = { stage: 'dev', profile: 'quick', 'pull-request': '' },
  ) =>
    runJob('loadtest', 'measure', {
      commands: { ...measured, ...commands },
      contexts: { inputs, vars },
      actionOutputs: { page: { 'artifact-url': 'https://page' } },
      prepare: (machine) => machine.write(LIMITS, '{}'),
    });
  const commandsOf = (calls: readonly string[]) =>
    calls
      .filter((call) => /^(npx|uses (aws|actions\/upload))/.test(call))
      .map((call) => call.replace(/=\/\S+\//, '=<temp>/'));

  it('looks, measures, puts limits back, keeps everything, and takes over what the run supports', () => {
    const { result, calls, summary, outputs } = measure();
    expect(result).toBe('success');
    expect(commandsOf(calls)).toEqual([
      'uses aws-actions/configure-aws-credentials arn:aws:iam::123456789012:role/loadtest',
      'npx nx run infra:preflight --stage=dev',
      'npx nx run loadtest --stage=dev --profile=quick --yes',
      'npx nx run loadtest restore --stage=dev',
      'uses actions/upload-artifact results',
      'uses actions/upload-artifact page',
      'npx nx run throttle update --stage=dev --summary=<temp>/pull-request.md --page=https://page',
      'uses actions/upload-artifact findings',
    ]);
    expect(summary).toBe('Verified: 700\n');
    expect(outputs).toEqual({ limits: 'changed', summary: 'summary.md', page: 'https://page' });
  });

  it('proposes nothing where the limits stay as they are', () => {
    const { result, outputs } = measure({ npx: measured.npx.replace(`> ${LIMITS}`, '> /dev/null') });
    expect({ result, limits: outputs['limits'] }).toEqual({ result: 'success', limits: '' });
  });

  it('loads nothing where the account would be breached', () => {
    const { result, calls } = measure({ npx: 'case "$*" in *preflight*) exit 1;; esac' });
    expect(result).toBe('failure');
    expect(calls.join('\n')).not.toContain('loadtest --stage');
  });

  it('puts limits back and keeps what there is where the load test fails, and takes nothing over', () => {
    const { result, calls, outputs } = measure({
      npx: `case "$*" in *"loadtest --stage"*) mkdir -p results/one; echo "Not verified" > results/one/summary.md; exit 1;; esac`,
    });
    expect(result).toBe('failure');
    expect(commandsOf(calls).slice(3)).toEqual([
      'npx nx run loadtest restore --stage=dev',
      'uses actions/upload-artifact results',
      'uses actions/upload-artifact page',
      'uses actions/upload-artifact findings',
    ]);
    expect(outputs['summary']).toBe('summary.md');
  });

  it('says that there is no summary where the load test left none', () => {
    const { outputs, calls } = measure({ npx: 'case "$*" in *"loadtest --stage"*) exit 1;; esac' });
    expect(outputs['summary']).toBe('');
    expect(commandsOf(calls).at(-1)).toBe('uses actions/upload-artifact results');
  });

  it('fails where limits could not be put back', () => {
    expect(measure({ npx: `case "$*" in *restore*) exit 1;; esac\n${measured.npx}` }).result).toBe('failure');
  });

  it('only replays what is deployed where a pull request asks', () => {
    const { calls } = measure({}, { stage: 'dev', profile: 'quick', 'pull-request': '12' });
    expect(calls.join('\n')).not.toContain('throttle update');
  });

  it('measures on schedule the stage that the repository names, at length, and without one nothing', () => {
    const scheduled = (stage: object) =>
      runJob('loadtest', 'measure', {
        commands: measured,
        contexts: { vars: { ...vars, ...stage } },
        prepare: (machine) => machine.write(LIMITS, '{}'),
      });
    expect(scheduled({ LOADTEST_STAGE: 'dev' }).calls).toContain(
      'npx nx run loadtest --stage=dev --profile=full --yes',
    );
    expect(scheduled({}).result).toBe('skipped');
  });
});

describe('loadtest.yml, job propose', () => {
  /** A clone with limits in it, and what the job before found. */
  function prepare(machine: Machine): RunGit {
    machine.write(LIMITS, '{}\n');
    writeFileSync(join(machine.temp, 'throttle.json'), '{"rateLimit": 700}\n');
    writeFileSync(join(machine.temp, 'pull-request.md'), '700/s\n');
    return makeClone(machine);
  }
  const propose = (gh = '', before: (git: RunGit) => void = () => undefined) =>
    runJob('loadtest', 'propose', {
      commands: { gh, git: measured.git },
      contexts: {
        inputs: { stage: 'dev' },
        needs: { measure: { outputs: { limits: 'changed', page: 'https://page' } } },
      },
      prepare: (machine) => before(prepare(machine)),
    });
  const requests = (calls: readonly string[]) =>
    calls
      .filter((call) => call.startsWith('gh'))
      .map((call) => call.replace(/\/\S+\/pull-request/, '<temp>/pull-request'));

  it('pushes one commit with the limits, asks for it, and starts the checks that a pushed branch does not', () => {
    const { result, calls, machine } = propose();
    expect(result).toBe('success');
    expect(requests(calls)).toEqual([
      'gh auth setup-git',
      'gh pr list --head limits/dev --state open --json number --jq .[0].number // empty',
      'gh pr create --base main --head limits/dev --title feat(infra): take the limits measured on dev --body-file <temp>/pull-request.md',
      'gh workflow run ci.yml --ref limits/dev',
    ]);
    const shown = askOrigin(machine, 'show', '--stat', '--format=%an %s', 'limits/dev');
    expect(shown).toMatch(
      /^github-actions\[bot\] feat\(infra\): take the limits measured on dev\n\n apps\/infra\/config\/throttle\.dev\.json \| 2 \+-\n/,
    );
  });

  it('brings the request that is open up to date', () => {
    const { calls } = propose('case "$*" in *"pr list"*) echo 9;; esac');
    expect(requests(calls)[2]).toMatch(/^gh pr edit 9 --title/);
  });

  it('replaces the branch of an earlier proposal, which is no ancestor of this one', () => {
    const { result, machine } = propose('', (git) => {
      git('switch', '--quiet', '--create', 'limits/dev');
      git('commit', '--quiet', '--allow-empty', '--message=earlier');
      git('push', '--quiet', 'origin', 'limits/dev');
      git('switch', '--quiet', 'main');
      git('branch', '--quiet', '--delete', '--force', 'limits/dev');
    });
    expect(result).toBe('success');
    expect(askOrigin(machine, 'log', '--format=%s', 'limits/dev')).toBe(
      'feat(infra): take the limits measured on dev\nbase\n',
    );
  });

  it('fails where GitHub refuses the request', () => {
    expect(propose('case "$*" in *"pr create"*) exit 1;; esac').result).toBe('failure');
  });

  it('is skipped where no limit changed', () => {
    expect(
      runJob('loadtest', 'propose', { contexts: { needs: { measure: { outputs: { limits: '' } } } } }).result,
    ).toBe('skipped');
  });

  it('says the token to nobody', () => {
    const run = propose();
    expect([...run.calls, run.text].join('\n')).not.toContain(TOKEN);
    expect(existsSync(join(run.machine.checkout, '.git/config'))).toBe(true);
    expect(readFileSync(join(run.machine.checkout, '.git/config'), 'utf8')).not.toContain(TOKEN);
  });
});

describe('loadtest.yml, job verify', () => {
  const verify = (result: string, summary: string | undefined, pullRequest = '12') =>
    runJob('loadtest', 'verify', {
      contexts: {
        inputs: { stage: 'dev', 'pull-request': pullRequest },
        needs: {
          measure: { result, outputs: { summary: summary && 'summary.md', page: summary && 'https://page' } },
        },
      },
      prepare: ({ temp }) => summary && writeFileSync(join(temp, 'summary.md'), summary),
    });
  const bodyOf = ({ machine }: ReturnType<typeof verify>) =>
    readFileSync(join(machine.temp, 'comment-verify-dev.md'), 'utf8');

  it('says on the pull request that the limits hold', () => {
    const run = verify('success', 'Verified: 700\n');
    expect(run.result).toBe('success');
    expect(run.calls.at(-1)).toMatch(
      /^gh api --silent --method POST repos\/acme\/spillway\/issues\/12\/comments/,
    );
    expect(bodyOf(run)).toBe(
      '<!-- spillway:verify-dev -->\n**Stage dev: the deployed limits are verified.** [Run](https://github.com/acme/spillway/actions/runs/42) · [page](https://page)\n\nVerified: 700\n',
    );
  });

  it('says that they do not, with what was found', () => {
    expect(bodyOf(verify('failure', 'Not verified\n'))).toMatch(
      /are not verified\.\*\*.*\n\nNot verified\n$/,
    );
  });

  it('says so, too, where the load test left nothing', () => {
    expect(bodyOf(verify('failure', undefined))).toMatch(
      /are not verified\.\*\* \[Run\]\(\S+\)\n\nThe load test left no summary/,
    );
  });

  it.each([
    ['no pull request asked', 'success', ''],
    ['nothing was measured', 'skipped', '12'],
  ])('is skipped where %s', (_why, result, pullRequest) => {
    expect(verify(result, 'x', pullRequest).result).toBe('skipped');
  });
});
