import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runJob, TOKEN } from './job/run-job.ts';
import type { JobRun } from './job/run-job.ts';

const SETUP = ['uses actions/checkout', 'uses actions/setup-node', 'uses actions/cache', 'npm ci'];
const pullRequest = {
  event_name: 'pull_request',
  ref: 'refs/pull/7/merge',
  event: { pull_request: { number: 7, head: { repo: { full_name: 'acme/spillway' } } } },
};

/** Programs of a check where all is well; the template diff writes the file that it is told to. */
const fine = {
  npx: 'for word; do case "$word" in --append-to=*) echo "no change" >> "${word#--append-to=}";; esac; done',
};
/** The same, but one command fails. */
const failing = (pattern: string) => ({
  npx: `case "$*" in *"${pattern}"*) echo broken; exit 1;; esac\n${fine.npx}`,
});

describe('ci.yml, job check', () => {
  const check = (run: JobRun = {}) =>
    runJob('ci', 'check', { commands: fine, contexts: { github: pullRequest }, ...run });

  it('checks what a pull request affects, its limits, and what it does to every stage', () => {
    const { result, calls, summary, outputs } = check();
    expect(result).toBe('success');
    expect(calls.map((call) => call.replace(/=\/\S*\/temp\//, '=<temp>/'))).toEqual([
      ...SETUP,
      'npx nx affected -t lint typecheck test synth e2e --output-style=static',
      'npx nx run throttle check --accept-stale',
      'npx nx run infra:template-diff --base=HEAD^1 --append-to=<temp>/template-diff.md',
      'uses actions/upload-artifact template-diff',
    ]);
    expect({ summary, outputs }).toEqual({
      summary: 'no change\n',
      outputs: { 'template-diff': 'template-diff.md' },
    });
  });

  it('compares a branch that it is started for with main', () => {
    const { calls } = check({ contexts: { github: { event_name: 'workflow_dispatch' } } });
    expect(calls.join('\n')).toContain('--base=origin/main');
  });

  it.each(['nx affected', 'throttle check', 'template-diff'])(
    'fails where %s fails, and says the rest all the same',
    (step) => {
      const { result, calls } = check({ commands: failing(step) });
      expect(result).toBe('failure');
      expect(calls.filter((call) => call.startsWith('npx'))).toHaveLength(3);
    },
  );

  it('stops where the install fails', () => {
    const { result, calls } = check({ commands: { ...fine, npm: 'exit 1' } });
    expect(result).toBe('failure');
    expect(calls.filter((call) => call.includes('affected'))).toEqual([]);
  });

  it('leaves main to the other job', () => {
    const github = { event_name: 'push' };
    expect(check({ contexts: { github } }).result).toBe('skipped');
    expect(runJob('ci', 'loop', { contexts: { github } }).result).toBe('skipped');
  });
});

describe('ci.yml, job main', () => {
  const main = (script: string) =>
    runJob('ci', 'main', {
      contexts: { github: { event_name: 'push' } },
      prepare: (machine) => machine.write('.ci/run', script),
    });

  it('runs what the repository runs, which installs by itself', () => {
    const { result, calls } = main('npm ci\nnpm test\n');
    expect(result).toBe('success');
    expect(calls).toEqual([
      ...SETUP.slice(0, 3),
      'npm ci',
      'npm test',
      'uses actions/upload-artifact results',
    ]);
  });

  it('fails with it, and keeps its results', () => {
    const { result, calls } = main('exit 1\n');
    expect({ result, last: calls.at(-1) }).toEqual({
      result: 'failure',
      last: 'uses actions/upload-artifact results',
    });
  });
});

describe('ci.yml, job loop', () => {
  const loop = (npx: string) =>
    runJob('ci', 'loop', { commands: { npx }, contexts: { github: pullRequest } });
  const runs = (calls: readonly string[]) => calls.filter((call) => call.startsWith('npx')).length;
  const summarize = 'mkdir -p results/one && echo Verified > results/one/summary.md';

  it('runs the loop once where it passes, and shows its summary', () => {
    const { result, calls, summary } = loop(summarize);
    expect({ result, runs: runs(calls), summary }).toEqual({
      result: 'success',
      runs: 1,
      summary: 'Verified\n',
    });
    expect(calls).toContain('npx nx run loadtest --profile=quick');
  });

  it('tries once more where it could not tell', () => {
    const { result, calls } = loop('if [ -e tried ]; then exit 0; fi; touch tried; exit 1');
    expect({ result, runs: runs(calls) }).toEqual({ result: 'success', runs: 2 });
  });

  it('fails where it fails twice', () => {
    const { result, calls } = loop('exit 1');
    expect({ result, runs: runs(calls), last: calls.at(-1) }).toEqual({
      result: 'failure',
      runs: 2,
      last: 'uses actions/upload-artifact results',
    });
  });
});

describe('ci.yml, job comment', () => {
  const comment = (gh: string, diff = 'no change\n', github: object = pullRequest) =>
    runJob('ci', 'comment', {
      commands: { gh },
      contexts: { github, needs: { check: { outputs: { 'template-diff': 'template-diff.md' } } } },
      prepare: ({ temp }) => writeFileSync(join(temp, 'template-diff.md'), diff),
    });
  const bodyOf = ({ machine }: ReturnType<typeof comment>) =>
    readFileSync(join(machine.temp, 'comment-template-diff.md'), 'utf8');

  it('writes one where there is none', () => {
    const run = comment('');
    expect(run.result).toBe('success');
    expect(
      run.calls.filter((call) => call.startsWith('gh')).map((call) => call.replace(/@\S+/, '@<body>')),
    ).toEqual([
      'gh api --paginate repos/acme/spillway/issues/7/comments --jq .[] | select(.user.type == "Bot" and (.body | startswith("<!-- spillway:template-diff -->"))) | .id',
      'gh api --silent --method POST repos/acme/spillway/issues/7/comments --field body=@<body>',
    ]);
    expect(bodyOf(run)).toBe('<!-- spillway:template-diff -->\nno change\n');
  });

  it('writes the one that is there again, the first where there are two', () => {
    const { calls } = comment('case "$*" in *--paginate*) printf "11\\n12\\n";; esac');
    expect(calls.at(-1)).toMatch(/--method PATCH repos\/acme\/spillway\/issues\/comments\/11 /);
  });

  it('cuts what GitHub would refuse, and says where the rest is', () => {
    const run = comment('', 'x'.repeat(70_000));
    expect(bodyOf(run).length).toBeLessThan(65_536);
    expect(bodyOf(run)).toMatch(/Cut here.*https:\/\/github\.com\/acme\/spillway\/actions\/runs\/42\n$/);
  });

  it('fails where GitHub refuses it', () => {
    expect(comment('exit 1').result).toBe('failure');
  });

  it('hands the token to gh and to nobody else', () => {
    const run = comment(`[ "$GH_TOKEN" = '${TOKEN}' ] || exit 1`);
    expect(run.result).toBe('success');
    expect([...run.calls, run.text, run.summary].join('\n')).not.toContain(TOKEN);
  });

  it('leaves a fork’s pull request alone, which may not write', () => {
    const event = { pull_request: { number: 7, head: { repo: { full_name: 'mallory/spillway' } } } };
    expect(comment('', '', { ...pullRequest, event }).result).toBe('skipped');
  });
});
