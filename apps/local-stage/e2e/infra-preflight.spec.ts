import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesizeStages, type IngestTemplates } from './ingest-stages.ts';
import { startStageProcess, type StageProcess } from './stage-process.ts';

const INFRA = join(__dirname, '../../infra');
const scratch = mkdtempSync(join(tmpdir(), 'spillway-preflight-'));

/** What a stage is deployed with. Not what is shipped: a load test's proposal replaces that. */
const LIMITS = {
  ...{ rateLimit: 500, burstLimit: 2000, reservedConcurrency: 100 },
  ...{ memorySize: 1024, timeoutSeconds: 29 },
};

let templates: IngestTemplates;
let stage: StageProcess;
beforeAll(async () => {
  templates = synthesizeStages({ dev: {} }, LIMITS);
  stage = await startStageProcess(`--template=${templates.fileOf('dev')}`);
});
afterAll(async () => {
  await stage.stop();
  templates.dispose();
  rmSync(scratch, { recursive: true });
});

/** infra's preflight with these limits of a stage, against the account that the local stage plays. */
async function preflight(
  name: string,
  change: Partial<typeof LIMITS> = {},
  // The local stage knows no VPCs.
  options: readonly string[] = ['--allow-unknown'],
) {
  const evidence = { kind: 'placeholder', note: 'a fixture' };
  const throttle = { stage: name, limits: { ...LIMITS, ...change }, evidence };
  writeFileSync(join(scratch, `throttle.${name}.json`), JSON.stringify(throttle));
  const main = join(INFRA, 'src/preflight/main.ts');
  const child = spawn(process.execPath, [main, `--stage=${name}`, ...options], {
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
    const { status, stdout, stderr } = await preflight('dev');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^Stage +dev, account 000000000000, us-east-1, stack Spillway-dev\n/);
    expect(stdout).toMatch(/✓ stack +CREATE_COMPLETE/);
    // The stage's own reservation of 100 is deployed already, and not counted against it.
    expect(stdout).toMatch(/✓ reservation +100 of the account's 1,000, 0 reserved by others: leaves 900/);
    expect(stdout).toMatch(/✓ rate .*500\.5 requests\/s.*10,000/);
    expect(stdout).not.toContain('✗');
  });

  it.each<[string, Partial<typeof LIMITS>, number, string[]]>([
    ['a rate over the account quota', { rateLimit: 20_000 }, 1, ['✗ rate', '! 10× rule']],
    ['a burst over the account bucket', { burstLimit: 5000 }, 1, ['✗ burst']],
    ['a reservation that leaves too little', { reservedConcurrency: 901 }, 1, ['✗ reservation']],
    ['the numbers of the sample', { rateLimit: 1000 }, 0, ['! 10× rule']],
    ['more than 10 requests/s a unit', { reservedConcurrency: 49 }, 0, ['! 10× rule']],
  ])('says found, wanted, next of %s', async (_what, limits, ends, told) => {
    const { status, stdout } = await preflight('dev', limits);
    const unfit = stdout.matchAll(/([✗!] .+?) {2,}.*; want .*\n(?: +else: .+\n)? +next: ./g);
    expect([status, [...unfit].map(([, name]) => name)]).toEqual([ends, told]);
  });

  it('ends with 1 where something could not be read, and names it', async () => {
    const { status, stdout } = await preflight('dev', {}, []);
    expect(status).toBe(1);
    expect(stdout).toMatch(/\? VPCs +not readable \(UnknownOperation.*\); want an answer\n +next: /);
    expect(stdout.trimEnd()).toMatch(
      /Verdict +a deployment would breach nothing that could be read; not verified: VPCs \(--allow-unknown/,
    );
  });

  it('reads what the table takes, where the limits ask it for more than a new one', async () => {
    const { status, stdout } = await preflight('dev', { rateLimit: 5000, reservedConcurrency: 600 });
    expect(status).toBe(0);
    expect(stdout).toMatch(/✓ warm table +5,500 write units\/s asked for; want at least the 4,000 /);
  });

  it('takes a stage without a stack for one that is not deployed yet', async () => {
    const { status, stdout, stderr } = await preflight('prod');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/✓ stack +not deployed yet/);
    expect(stdout).toMatch(/100 of the account's 1,000, 100 reserved by others: leaves 800 unreserved/);
  });
});
