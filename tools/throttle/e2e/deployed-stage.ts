import { fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(__dirname, '../../..');
const INFRA = join(ROOT, 'apps/infra');
const THROTTLE = join(ROOT, 'tools/throttle/src/main.ts');

/** What a stage is like, in the words of apps/infra's stages file. */
export interface DeployedKind {
  readonly api: 'rest' | 'http';
  readonly rollout: 'all-at-once' | 'canary-10-percent-5-minutes';
}

const NOTHING_OF_AWS = { HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true' };

/** Runs the command with nothing of AWS around it but what is given. */
export function throttle(args: readonly string[], variables: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [THROTTLE, ...args], {
    encoding: 'utf8',
    timeout: 50_000,
    env: { PATH: process.env['PATH'] ?? '', ...NOTHING_OF_AWS, ...variables },
  });
  return { status, stdout, stderr };
}

/**
 * A local stage of that kind as a process, in place of a deployed one: known by its AWS endpoint alone. Its configuration
 * is in a folder of its own, as are the templates made of it.
 */
export async function startDeployedStage(kind: DeployedKind) {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-drift-'));
  const dispose = () => rmSync(folder, { recursive: true });
  try {
    const started = await startIn(folder, kind);
    return { ...started, stop: () => started.stop().finally(dispose) };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function startIn(folder: string, kind: DeployedKind) {
  const configDir = join(folder, 'config');
  const cdkOut = join(folder, 'cdk.out');
  mkdirSync(configDir);
  const file = join(configDir, 'throttle.dev.json');
  cpSync(join(INFRA, 'config/throttle.dev.json'), file);
  const stage = { deploy: 'any-limits', tableRemoval: 'destroy', logRetentionDays: 7, auth: 'iam', ...kind };
  writeFileSync(join(configDir, 'stages.json'), JSON.stringify({ dev: stage }));
  const synthesize = () => {
    const { status, stderr } = spawnSync(process.execPath, [join(INFRA, 'src/main.ts')], {
      encoding: 'utf8',
      env: {
        ...process.env,
        CDK_OUTDIR: cdkOut,
        SPILLWAY_STAGES_FILE: join(configDir, 'stages.json'),
        SPILLWAY_THROTTLE_DIR: configDir,
      },
    });
    if (status !== 0) throw new Error(`synth failed: ${stderr}`);
  };
  synthesize();
  const template = join(cdkOut, 'Spillway-dev.template.json');
  const child = fork(join(ROOT, 'apps/local-stage/src/main.ts'), [`--template=${template}`], {
    stdio: 'pipe',
    execArgv: [],
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (text: Buffer) => (printed += String(text)));
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child, 'message'), ended.then(() => null)]);
  if (ready === null) throw new Error(`the local stage ended before it was ready: ${printed}`);
  const [{ awsEndpoint }] = ready as [{ awsEndpoint: string }];
  const variables = {
    AWS_ENDPOINT_URL: awsEndpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  return {
    awsEndpoint,
    template,
    /** `throttle check --stage=dev` with these options, and what else the environment says. */
    check: (options: readonly string[], more: Readonly<Record<string, string>> = {}) =>
      throttle(['check', '--stage=dev', ...options, `--config-dir=${configDir}`, `--cdk-out=${cdkOut}`], {
        ...variables,
        ...more,
      }),
    /** Changes limits in the throttle file, and the template with it. @returns takes both back */
    editLimits: (limits: Readonly<Record<string, number>>) => {
      const texts = [file, template].map((path) => [path, readFileSync(path, 'utf8')] as const);
      const config = JSON.parse(readFileSync(file, 'utf8')) as { limits: object };
      writeFileSync(file, JSON.stringify({ ...config, limits: { ...config.limits, ...limits } }));
      synthesize();
      return () => texts.forEach(([path, text]) => writeFileSync(path, text));
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}
