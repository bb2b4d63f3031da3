import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const INFRA = join(__dirname, '../../infra');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-preflight-'));

let stage: StageProcess;
beforeAll(async () => {
  stage = await startStageProcess('--stage=dev');
});
beforeEach(() => cpSync(join(INFRA, 'config'), scratch, { recursive: true }));
afterAll(async () => {
  await stage.stop();
  rmSync(scratch, { recursive: true });
});

/** infra's preflight with these limits of stage `dev`, against the account that the local stage plays. */
async function preflight(name: string, limits: Record<string, number> = {}) {
  const file = join(scratch, 'throttle.dev.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as { limits: Record<string, number> };
  writeFileSync(file, JSON.stringify({ ...config, limits: { ...config.limits, ...limits } }));
  const child = spawn(process.execPath, [join(INFRA, 'src/preflight/main.ts'), `--stage=${name}`], {
    env: {
      PATH: process.env['PATH'] ?? '',
      SPILLWAY_THROTTLE_DIR: scratch,
      AWS_ENDPOINT_URL: stage.awsEndpoint,
      AWS_REGION: stage.region,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (text: Buffer) => (stdout += String(text)));
  child.stderr.on('data', (text: Buffer) => (stderr += String(text)));
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout, stderr };
}

describe('infra:preflight', () => {
  it('says stage, account, Region and every check, and ends with 0 where nothing is breached', async () => {
    const { status, stdout, stderr } = await preflight('dev', { rateLimit: 500, reservedConcurrency: 100 });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Stage +dev, account 000000000000, us-east-1, stack Spillway-dev\n/);
    expect(stdout).toMatch(/✓ stack +CREATE_COMPLETE/);
    // The stage's own reservation of 100 is deployed already, and not counted against it.
    expect(stdout).toMatch(/✓ reservation +100 of the account's 1,000, 0 reserved by others: leaves 900/);
    expect(stdout).toMatch(/✓ rate .*500\.5 requests\/s.*10,000/);
    expect(stdout).not.toContain('✗');
  });

  it.each([
    ['a rate over the account quota', { rateLimit: 20_000 }, ['rate', '10× rule']],
    ['a burst over the account bucket', { rateLimit: 500, burstLimit: 5000 }, ['burst']],
    ['a reservation that leaves too little', { rateLimit: 500, reservedConcurrency: 901 }, ['reservation']],
    ['more than 10 requests/s a unit', { rateLimit: 1000, reservedConcurrency: 99 }, ['10× rule']],
  ])('ends with 1 and says found, wanted, next of %s', async (_what, limits, breached) => {
    const { status, stdout } = await preflight('dev', limits);
    expect(status).toBe(1);
    expect([...stdout.matchAll(/✗ (.+?) {2,}.*; want .*\n +next: ./g)].map(([, name]) => name)).toEqual(
      breached,
    );
  });

  it('takes a stage without a stack for one that is not deployed yet', async () => {
    const { stdout } = await preflight('prod');
    expect(stdout).toMatch(/✓ stack +not deployed yet/);
    expect(stdout).toMatch(/100 of the account's 1,000, 100 reserved by others: leaves 800 unreserved/);
  });
});
