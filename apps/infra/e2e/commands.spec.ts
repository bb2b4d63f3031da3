import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

  it('says which stage it takes where none is said, and hands on how the CDK CLI ended', () => {
    const { status, stdout, stderr } = run('cdk.ts', ['deploy', '--require-approval=never']);
    expect(stderr).toMatch(/^deploy: stage "dev"/);
    expect(stdout + stderr).toMatch(/Unable to resolve AWS account|credentials/i);
    expect(status).toBe(1);
  });
});
