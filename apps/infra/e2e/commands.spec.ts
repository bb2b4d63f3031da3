import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const projectRoot = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-infra-'));
const throttleDir = join(scratch, 'limits');
const outdir = join(scratch, 'cdk.out');
const throttleFile = join(throttleDir, 'throttle.local.json');

beforeEach(() => cpSync(join(projectRoot, 'config'), throttleDir, { recursive: true }));
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs an entry point with nothing of AWS around it: no credentials, no profile, no Region. */
function run(entry: string, args: readonly string[] = [], variables: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: scratch,
    AWS_EC2_METADATA_DISABLED: 'true',
    ...variables,
  };
  return spawnSync(process.execPath, [join(projectRoot, 'src', entry), ...args], { env, encoding: 'utf8' });
}

function writeLimits(change: Record<string, unknown>): void {
  const config = JSON.parse(readFileSync(throttleFile, 'utf8'));
  writeFileSync(throttleFile, JSON.stringify({ ...config, limits: { ...config.limits, ...change } }));
}

describe('main.ts', () => {
  const variables = { CDK_OUTDIR: outdir, SPILLWAY_THROTTLE_DIR: throttleDir };

  it('synthesizes the limits it is pointed at, with the built bundle and no credentials', () => {
    writeLimits({ rateLimit: 50, burstLimit: 10 });
    const { status, stderr } = run('main.ts', [], variables);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const template = readFileSync(join(outdir, 'Spillway-local.template.json'), 'utf8');
    expect(template).toMatch(/"ThrottlingBurstLimit": 10,\s+"ThrottlingRateLimit": 50/);
    const bundle = /"S3Key": "(\w+)\.zip"/.exec(template)?.[1];
    expect(existsSync(join(outdir, `asset.${bundle}`, 'index.cjs'))).toBe(true);
  });

  it('synthesizes the stages it is pointed at, where the environment places them', () => {
    const stagesFile = join(scratch, 'stages.json');
    const demo = {
      deploy: 'any-limits',
      api: 'http',
      auth: 'none',
      tableRemoval: 'destroy',
      logRetentionDays: 1,
    };
    const shared = { ...demo, api: 'rest', auth: 'iam', clients: [{ name: 'load-test' }] };
    writeFileSync(stagesFile, JSON.stringify({ demo, shared }));
    const limits = JSON.parse(readFileSync(throttleFile, 'utf8'));
    for (const stage of ['demo', 'shared']) {
      writeFileSync(join(throttleDir, `throttle.${stage}.json`), JSON.stringify({ ...limits, stage }));
    }
    const { status, stderr } = run('main.ts', [], {
      ...variables,
      SPILLWAY_STAGES_FILE: stagesFile,
      SPILLWAY_DEMO_ACCOUNT: '123456789012',
      SPILLWAY_DEMO_REGION: 'eu-west-1',
    });
    expect({ status, stderr }).toEqual({
      status: 0,
      stderr: expect.stringMatching(
        /^stage "demo" is open: .*\nstage "shared": client "load-test" may use up all of .*\n$/,
      ),
    });
    const { artifacts } = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8'));
    expect(artifacts['Spillway-demo'].environment).toBe('aws://123456789012/eu-west-1');
  });

  it('answers a variable for a stage that is not there with one line and no stack', () => {
    const { status, stdout, stderr } = run('main.ts', [], { ...variables, SPILLWAY_PRD_REGION: 'eu-west-1' });
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/^SPILLWAY_PRD_REGION: no stage "prd", want one of .*\n$/);
  });

  it('answers a timeout of 300 s with one line and no stack', () => {
    writeLimits({ timeoutSeconds: 300 });
    const { status, stdout, stderr } = run('main.ts', [], variables);
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(/^throttle\.local\.json: limits\.timeoutSeconds 300: .*29 s.*\n$/);
  });
});

describe('cdk.ts', () => {
  it('lists the stacks that synth left', () => {
    const { status, stdout } = run('cdk.ts', ['ls']);
    expect({ status, stacks: stdout.trim().split('\n') }).toEqual({
      status: 0,
      stacks: ['Spillway-local', 'Spillway-dev', 'Spillway-staging', 'Spillway-prod'],
    });
  });

  it('lists the one stack of a stage', () => {
    expect(run('cdk.ts', ['ls', '--stage=dev']).stdout).toBe('Spillway-dev\n');
  });

  it.each([
    ['an unknown stage', ['deploy', '--stage=nope'], /^stage "nope" is unknown, want one of .*\n$/],
    [
      'alarms ignored that stop nothing',
      ['deploy', '--stage=dev', '--ignore-alarms'],
      /^deploy: found --ignore-alarms.*\n$/,
    ],
    ['the local stage', ['deploy', '--stage=local'], /^deploy: stage "local" is only ever played.*\n$/],
    [
      'a stack named past --stage',
      ['destroy', '--stage=dev', 'Spillway-prod'],
      /^argument "Spillway-prod".*\n$/,
    ],
  ])('answers %s with one line and no stack', (_why, args, line) => {
    const { status, stdout, stderr } = run('cdk.ts', args);
    expect(status).toBe(1);
    expect(stdout + stderr).toMatch(line);
  });

  it('compares a stage whose alarms it ignores from an assembly of its own, which it removes', () => {
    const TMPDIR = mkdtempSync(join(scratch, 'tmp-'));
    const { status, stdout, stderr } = run('cdk.ts', ['diff', '--stage=staging', '--ignore-alarms'], {
      TMPDIR,
    });
    expect(stderr).toMatch(/^diff: no alarm of stage "staging" stops this rollout/);
    expect(stdout + stderr).toMatch(/Unable to resolve AWS account|credentials/i);
    const left = readdirSync(TMPDIR).filter((name) => name.startsWith('spillway-'));
    expect({ status, left }).toEqual({ status: 1, left: [] });
  });

  it('says which stage it takes where none is said, and hands on how the CDK CLI ended', () => {
    const { status, stdout, stderr } = run('cdk.ts', ['deploy', '--require-approval=never']);
    expect(stderr).toMatch(/^deploy: stage "dev"/);
    expect(stdout + stderr).toMatch(/Unable to resolve AWS account|credentials/i);
    expect(status).toBe(1);
  });
});
