import { GetAliasCommand, ListTagsCommand, GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { PutItemCommand, paginateScan } from '@aws-sdk/client-dynamodb';
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findStage, openLeftFunction, type FoundStage } from '../src/stage/stage-connection.ts';
import { readLimits } from '../src/stage/stage-limits.ts';
import { ROOT } from './short-run.ts';

const INFRA = join(ROOT, 'apps/infra');
const LOADTEST = join(ROOT, 'apps/loadtest/src/main.ts');

/** What the stage is like, in the words of apps/infra's stages file. */
export interface DeployedKind {
  readonly api?: 'rest' | 'http';
  readonly auth?: 'iam' | 'none';
  readonly rollout?: 'all-at-once' | 'canary-10-percent-5-minutes';
}

/** A run of the command line, while it goes on. */
export interface Running {
  readonly child: ChildProcess;
  printed(): string;
  /** @throws once it has ended without printing that */
  until(pattern: RegExp): Promise<void>;
  /** Exit code, or the signal that ended it. */
  ended(): Promise<number | string>;
}

/** A local stage in a process of its own, in place of a deployed one: known by its AWS endpoint alone. */
export interface DeployedStage {
  readonly folder: string;
  /** Environment of a command: the endpoint, credentials, and nothing else of AWS. */
  variables(): NodeJS.ProcessEnv;
  /** `spillway-loadtest --stage=dev` and more. */
  loadtest(...args: readonly string[]): Running;
  /** Any other command of the workspace, to its end. */
  run(main: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string };
  /** Makes the template anew, and plays that from now on: a deployment. */
  deploy(): Promise<void>;
  find(): Promise<FoundStage>;
  stop(): Promise<void>;
}

/** So short that what is looked at is what a run does, not what this machine sustains. */
function writeSlo(file: string): void {
  const slo = JSON.parse(readFileSync(join(ROOT, 'apps/loadtest/slo.json'), 'utf8')) as {
    targets: object;
    profiles: { quick: object };
  };
  const quick = {
    ...slo.profiles.quick,
    ...{ arrivals: 'constant', startPerSecond: 60, maxPerSecond: 60, holdMs: 2500, warmUpMs: 300 },
    ...{ bracketRatio: 0.6, warmUps: [{ ratePerSecond: 40, holdMs: 1000 }], discoveryBudgetMs: 15_000 },
    ...{ replayHoldMs: 4000, burstStartRequests: 5, burstMaxRequests: 5 },
  };
  const targets = { ...slo.targets, latencyMs: 2500, errorRatio: 0.05 };
  writeFileSync(file, JSON.stringify({ ...slo, targets, profiles: { ...slo.profiles, quick } }));
}

/** @param options of the local stage, such as `--metric-delay=3s` */
export async function startDeployedStage(
  kind: DeployedKind,
  options: readonly string[] = [],
): Promise<DeployedStage> {
  const folder = mkdtempSync(join(tmpdir(), 'spillway-deployed-'));
  const [configDir, cdkOut, slo] = ['config', 'cdk.out', 'slo.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(configDir);
  cpSync(join(INFRA, 'config/throttle.dev.json'), join(configDir, 'throttle.dev.json'));
  const stage = { deploy: 'any-limits', tableRemoval: 'destroy', logRetentionDays: 7, ...kind };
  writeFileSync(join(configDir, 'stages.json'), JSON.stringify({ dev: stage }));
  writeSlo(slo);
  const places = {
    CDK_OUTDIR: cdkOut,
    SPILLWAY_STAGES_FILE: join(configDir, 'stages.json'),
    SPILLWAY_THROTTLE_DIR: configDir,
  };
  let child: ChildProcess | undefined;
  let endpoint = '';
  const variables = (): NodeJS.ProcessEnv => ({
    PATH: process.env['PATH'] ?? '',
    ...{ HOME: '/nonexistent', AWS_EC2_METADATA_DISABLED: 'true', NODE_ENV: 'test' },
    ...{ AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local', AWS_ENDPOINT_URL: endpoint },
    ...{ SPILLWAY_DEV_ACCOUNT: '000000000000', SPILLWAY_DEV_REGION: 'us-east-1' },
  });
  const run = (main: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, main), ...args], {
      ...{ encoding: 'utf8', timeout: 60_000, env: { ...variables(), ...places } },
    });
    return { status, output: stdout + stderr };
  };
  const leave = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  };
  const deploy = async (): Promise<void> => {
    const synth = run('apps/infra/src/main.ts');
    if (synth.status !== 0) throw new Error(`synth failed: ${synth.output}`);
    await leave();
    const template = join(cdkOut, 'Spillway-dev.template.json');
    const args = [`--template=${template}`, '--meter', ...options];
    child = fork(join(ROOT, 'apps/local-stage/src/main.ts'), args, { stdio: 'pipe', execArgv: [] });
    let printed = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text: Buffer) => (printed += String(text)));
    const ready = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => null)]);
    if (ready === null) throw new Error(`the local stage ended before it was ready: ${printed}`);
    endpoint = (ready as [{ awsEndpoint: string }])[0].awsEndpoint;
  };
  await deploy();
  return {
    ...{ folder, variables, run, deploy },
    loadtest: (...args) => {
      const command = args[0] === 'restore' || args[0] === 'clean';
      const own = [
        `--slo=${slo}`,
        `--results=${join(folder, 'results')}`,
        `--cdk-out=${cdkOut}`,
        '--metric-period=1',
      ];
      const all = [...args, '--stage=dev', `--config-dir=${configDir}`, ...(command ? [] : own)];
      return startCommand(all, variables());
    },
    find: () =>
      findStage({
        stackName: 'Spillway-dev',
        region: 'us-east-1',
        endpoint,
        credentialsProfile: undefined,
        metricPeriodSeconds: 1,
      }),
    stop: async () => {
      await leave();
      rmSync(folder, { recursive: true });
    },
  };
}

function startCommand(args: readonly string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(process.execPath, [LOADTEST, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (printed += String(text)));
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => (code ?? signal) as number | string);
  return {
    child,
    printed: () => printed,
    ended: () => ended,
    until: async (pattern) => {
      while (!pattern.test(printed)) {
        if (child.exitCode !== null) throw new Error(`ended without ${String(pattern)}: ${printed}`);
        await sleep(20);
      }
    },
  };
}

/** What a load test may change, read from the services themselves. */
export async function enforced(stage: FoundStage) {
  const { lambda, functionName: FunctionName, functionAlias: Name } = stage;
  const { FunctionArn: Resource } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const alias = Name === undefined ? null : await lambda.send(new GetAliasCommand({ FunctionName, Name }));
  const limits = await readLimits(openLeftFunction(stage, null)).catch((error: Error) => error.name);
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource }));
  return { limits, version: alias?.FunctionVersion ?? null, tags: Tags };
}

/** Ids in the table. */
export async function storedIds({ dynamoDb, tableName }: FoundStage): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { Items } of paginateScan(
    { client: dynamoDb },
    { TableName: tableName, ConsistentRead: true },
  ))
    ids.push(...(Items ?? []).map(({ id }) => id?.S ?? ''));
  return ids;
}

export async function store({ dynamoDb, tableName }: FoundStage, id: string): Promise<void> {
  await dynamoDb.send(new PutItemCommand({ TableName: tableName, Item: { id: { S: id } } }));
}
