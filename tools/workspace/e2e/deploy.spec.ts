import { readWorkflow } from './job/read-github.ts';
import { runJob, TOKEN } from './job/run-job.ts';

const push = { event_name: 'push' };

/** What GitHub says of the environments and of what was deployed to them. */
const RULES =
  'case "$*" in */environments/dev*) echo open;; */environments/staging*) echo approved;; */environments/prod*) echo \'{"message":"Not Found"}\'; exit 1;;';
const gh = `${RULES} *graphql*stage=dev*) echo abc123;; esac`;
/** The tool's own list of stages, and what it plans. */
const plans = {
  node: 'printf "dev\\nstaging\\nprod\\n"',
  npx: 'for word; do case "$word" in --github-output=*) echo \'stages=[{"stage":"dev","limits":"any"}]\' >> "${word#--github-output=}";; esac; done',
};

describe('deploy.yml, job plan', () => {
  const plan = (commands: Record<string, string> = {}, inputs: object = {}) =>
    runJob('deploy', 'plan', { commands: { gh, ...plans, ...commands }, contexts: { github: push, inputs } });
  const planned = (calls: readonly string[]) =>
    calls.filter((call) => call.startsWith('npx')).map((call) => call.replace(/ --github-output=\S+/, ''));

  it('plans, on a push, what nobody need approve and what somebody will, each against what was deployed', () => {
    const { result, calls, outputs, text } = plan();
    expect(result).toBe('success');
    expect(planned(calls)).toEqual([
      'npx nx run infra:affected-stages --stage=dev --since=dev=abc123 --stage=staging',
    ]);
    expect(outputs).toEqual({ stages: '[{"stage":"dev","limits":"any"}]' });
    expect(text).toMatch(
      /^::notice::stage prod is left out: its environment is missing, want one with required reviewers/m,
    );
  });

  it('never plans a stage that nobody approves, but the first', () => {
    const { calls, text } = plan({ gh: 'case "$*" in */environments/*) echo open;; esac' });
    expect(planned(calls)).toEqual(['npx nx run infra:affected-stages --stage=dev']);
    expect(text).toMatch(/stage prod is left out: its environment is open/);
  });

  it('plans nothing where no environment was made yet', () => {
    const { result, outputs, calls } = plan({ gh: 'exit 1' });
    expect({ result, outputs, planned: planned(calls) }).toEqual({
      result: 'success',
      outputs: { stages: '[]' },
      planned: [],
    });
  });

  it('plans the stage that it is started for, and asks nobody', () => {
    const { calls } = plan({}, { stage: 'prod' });
    expect(planned(calls)).toEqual(['npx nx run infra:affected-stages --stage=prod']);
    expect(calls.filter((call) => call.startsWith('gh'))).toEqual([]);
  });

  it('takes what it is started for as one word, whatever is in it', () => {
    const { calls } = plan({}, { stage: 'dev"; echo owned; "$(echo owned)' });
    expect(planned(calls)).toEqual([
      'npx nx run infra:affected-stages --stage=dev"; echo owned; "$(echo owned)',
    ]);
  });

  it('fails where the deployments can’t be read, rather than deploy everything', () => {
    expect(plan({ gh: `${RULES} *graphql*) exit 1;; esac` }).result).toBe('failure');
  });

  it('asks for one environment at a time, and for successful deployments only', () => {
    const { calls } = plan();
    const questions = calls
      .join('\n')
      .split(/^gh /m)
      .filter((call) => call.includes('graphql'));
    expect(questions).toHaveLength(2);
    for (const question of questions) {
      expect(question).toMatch(
        /environments: \[\$stage\].*latestStatus.*-f owner=acme -f name=spillway -f stage=(dev|staging) .*"SUCCESS"/s,
      );
    }
  });

  it('says the token to nobody', () => {
    const run = plan();
    expect([...run.calls, run.text, run.summary].join('\n')).not.toContain(TOKEN);
  });
});

describe('deploy.yml, job deploy', () => {
  const deploy = (commands: Record<string, string> = {}, limits = 'any', inputs: object = {}) =>
    runJob('deploy', 'deploy', {
      commands,
      contexts: {
        github: 'stage' in inputs ? { event_name: 'workflow_dispatch' } : push,
        inputs,
        matrix: { stage: 'dev', limits },
        needs: { plan: { outputs: { stages: '[{}]' } } },
        vars: { AWS_ROLE_ARN: 'arn:aws:iam::123456789012:role/deploy', AWS_REGION: 'eu-west-1' },
      },
    });
  const commandsOf = ({ calls }: ReturnType<typeof deploy>) =>
    calls.filter((call) => /^(npx|uses aws|gh)/.test(call));

  it('takes the role, looks before it deploys, deploys, and says how the traffic was shifted', () => {
    const run = deploy({
      aws: 'case "$*" in *describe-stack-resources*) echo app;; *list-deployment-groups*) echo group;; *list-deployments*) echo d-1;; *get-deployment*) echo "status: Succeeded";; *describe-alarms*) echo "Spillway-dev-p99 too slow";; esac',
    });
    expect(run.result).toBe('success');
    expect(commandsOf(run)).toEqual([
      'uses aws-actions/configure-aws-credentials arn:aws:iam::123456789012:role/deploy',
      'npx nx run infra:preflight --stage=dev',
      'npx nx deploy infra --stage=dev --require-approval=never --progress=events',
      expect.stringContaining('gh api repos/acme/spillway/commits/c0ffee/pulls'),
    ]);
    expect(run.calls.join('\n')).toMatch(/get-deployment --deployment-id d-1/);
    expect(run.summary).toMatch(/## Stage dev.*status: Succeeded.*Spillway-dev-p99 too slow/s);
  });

  it('says so where the traffic moved at once', () => {
    expect(deploy().summary).toContain('New code took all traffic at once.');
  });

  it('deploys nothing where the account would be breached', () => {
    const run = deploy({ npx: 'case "$*" in *preflight*) exit 1;; esac' });
    expect(run.result).toBe('failure');
    expect(run.calls.join('\n')).not.toMatch(/nx deploy|aws /);
  });

  it('fails where the deployment fails or was rolled back, and says what fired', () => {
    const run = deploy({
      npx: 'case "$*" in *deploy*) exit 1;; esac',
      aws: 'case "$*" in *alarms*) echo Spillway-dev-5xx;; esac',
    });
    expect(run.result).toBe('failure');
    expect(run.summary).toContain('Spillway-dev-5xx');
    expect(run.calls.filter((call) => call.startsWith('gh'))).toEqual([]);
  });

  describe('of a stage whose limits must be measured', () => {
    const check = 'npx nx run throttle check --stage=dev --require-evidence';

    it('checks them first, and takes no role where they are not', () => {
      const run = deploy({ npx: 'case "$*" in *check*) exit 1;; esac' }, 'measured');
      expect({ result: run.result, commands: commandsOf(run) }).toEqual({
        result: 'failure',
        commands: [check],
      });
    });

    it('goes on where they are', () => {
      const run = deploy({}, 'measured');
      expect(run.result).toBe('success');
      expect(commandsOf(run)).toContain(check);
    });

    it('goes on without where whoever starts it says so', () => {
      const run = deploy({}, 'measured', { stage: 'dev', 'accept-limits': true });
      expect(commandsOf(run)).not.toContain(check);
      expect(commandsOf(run)).toContain(
        'npx nx deploy infra --stage=dev --require-approval=never --progress=events --allow-placeholder',
      );
    });
  });

  it('has limits replayed that a pull request changed, and says the answer there', () => {
    const run = deploy({ gh: 'case "$*" in *pulls*) echo 12;; esac' });
    expect(run.calls.at(-1)).toBe('gh workflow run loadtest.yml --ref main -f stage=dev -f pull-request=12');
    expect(run.calls.join('\n')).toContain('select(.head.ref == "limits/dev")');
  });

  it('replays nothing where somebody deployed by hand', () => {
    expect(deploy({}, 'any', { stage: 'dev' }).calls.filter((call) => call.startsWith('gh'))).toEqual([]);
  });

  it('is skipped where nothing is planned', () => {
    const needs = { plan: { outputs: { stages: '[]' } } };
    expect(runJob('deploy', 'deploy', { contexts: { needs } }).result).toBe('skipped');
  });

  it('runs in the environment of its stage, and never beside its load test', () => {
    const { environment, concurrency } = readWorkflow('deploy').jobs['deploy']!;
    const { measure } = readWorkflow('loadtest').jobs;
    expect(environment).toBe('${{ matrix.stage }}');
    expect(concurrency).toEqual({ group: 'stage-${{ matrix.stage }}' });
    expect(measure?.concurrency).toEqual({ group: expect.stringMatching(/^stage-\$\{\{ inputs\.stage/) });
  });
});
