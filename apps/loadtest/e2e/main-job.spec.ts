import { runRecordSchema } from '@spillway/capacity';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const MAIN = resolve(__dirname, '../src/main.ts');
const SLO = resolve(__dirname, '../slo.json');

/** Whatever the machine is configured for, no test asks AWS. */
const NO_AWS: NodeJS.ProcessEnv = {
  ...process.env,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_REGION: '',
  AWS_DEFAULT_REGION: '',
  AWS_PROFILE: '',
};

/** How long the machine may take to notice that a process is gone, ms. */
const GONE_WITHIN_MS = 15_000;

interface Run {
  readonly child: ChildProcess;
  readonly results: string;
  printed(): string;
}

const running: Run[] = [];

function startRun(args: readonly string[] = []): Run {
  const results = mkdtempSync(join(tmpdir(), 'spillway-results-'));
  const child = spawn(process.execPath, [MAIN, `--results=${results}`, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: NO_AWS,
  });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const run = { child, results, printed: () => printed };
  running.push(run);
  return run;
}

async function untilPrinted(run: Run, pattern: RegExp): Promise<RegExpExecArray> {
  for (;;) {
    const match = pattern.exec(run.printed());
    if (match) return match;
    if (run.child.exitCode !== null) throw new Error(`ended without ${String(pattern)}: ${run.printed()}`);
    await sleep(50);
  }
}

/** Every process below this one, at any depth. */
function descendantsOf(pid: number): number[] {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const pairs = rows.map((row) => row.trim().split(/\s+/).map(Number));
  const found: number[] = [];
  for (let parents = [pid]; parents.length > 0;) {
    const children = pairs.filter(([, parent]) => parents.includes(parent ?? 0)).map(([child]) => child ?? 0);
    found.push(...children);
    parents = children;
  }
  return found;
}

function isAlive(pid: number): boolean {
  try {
    // A zombie still answers signal 0; it holds no port.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

async function untilGone(pids: readonly number[]): Promise<number[]> {
  const deadlineMs = Date.now() + GONE_WITHIN_MS;
  while (pids.some(isAlive) && Date.now() < deadlineMs) await sleep(100);
  return pids.filter(isAlive);
}

async function isListening(url: string): Promise<boolean> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  const answered = await Promise.race([
    once(socket, 'connect').then(() => true),
    once(socket, 'error').then(
      () => false,
      () => false,
    ),
  ]).catch(() => false);
  socket.destroy();
  return answered;
}

afterEach(async () => {
  for (const { child, results } of running.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
    rmSync(results, { recursive: true, force: true });
  }
});

describe('nx run loadtest', () => {
  it('leaves no process and no listener when it is killed', async () => {
    const run = startRun();
    const [, baseUrl = ''] = await untilPrinted(run, /(http:\/\/127\.0\.0\.1:\d+\/prod)/);
    await untilPrinted(run, /Discovery/);
    await sleep(2_000);
    const below = descendantsOf(run.child.pid ?? 0);
    expect(below.length).toBeGreaterThan(3);
    expect(await isListening(baseUrl)).toBe(true);

    run.child.kill('SIGKILL');

    expect(await untilGone(below)).toEqual([]);
    expect(await isListening(baseUrl)).toBe(false);
  });

  it('ends on Ctrl-C with a readable partial result and no process left', async () => {
    const run = startRun();
    await untilPrinted(run, /discovery-01/);
    const below = descendantsOf(run.child.pid ?? 0);

    run.child.kill('SIGINT');
    const [exitCode] = await once(run.child, 'exit');

    expect(exitCode).toBe(130);
    expect(await untilGone(below)).toEqual([]);
    const [runId = ''] = readdirSync(run.results).filter((name) => !name.startsWith('.'));
    const record = runRecordSchema.parse(
      JSON.parse(readFileSync(join(run.results, runId, 'run.json'), 'utf8')),
    );
    expect(record.status).toBe('interrupted');
    expect(record.steps.length).toBeGreaterThan(0);
    const files = readdirSync(join(run.results, runId));
    expect(files).toEqual(
      expect.arrayContaining(record.steps.map((step) => `step-${step.record.name}.json`)),
    );
    expect(record.timeline?.points.length).toBeGreaterThan(0);
    expect(record.audit).toMatchObject({ lost: 0, neverSent: 0 });
    expect(readFileSync(join(run.results, runId, 'report.html'), 'utf8')).toContain('interrupted');
  });

  it.each([
    [
      'a stage that was never synthesized',
      ['--stage=nowhere'],
      1,
      /Spillway-nowhere\.template\.json.*nx synth infra/,
    ],
    ['a deployed stage without a Region', ['--stage=dev'], 1, /Spillway-dev: .*Region.*--aws-profile/],
    ['an unknown profile', ['--profile=slow'], 2, /--profile.*quick, full/s],
    ['an unknown runner', ['--runner=aci'], 2, /--runner.*local, fargate, lambda/s],
    ['a runner for a stage that it can not reach', ['--runner=fargate'], 1, /want --stage=<deployed stage>/],
    ['no worker', ['--workers=0'], 2, /--workers.*whole number from 1 to 128/],
    ['part of a generator', ['--count=1.5'], 2, /--count.*whole number from 1 to 128/],
    ['workers for a runner', ['--stage=dev', '--runner=lambda', '--workers=2'], 2, /--workers.*want --count/],
    ["a runner's count for this machine", ['--count=2'], 2, /--count.*want --workers/],
    [
      'metering a deployed stage',
      ['--stage=dev', '--meter'],
      2,
      /--meter with --stage=dev, want it for a local/,
    ],
    ['a sweep that is none', ['--sweep=payload,size'], 2, /--sweep.*want payload, memory, or both/],
    ['an unknown option', ['--rate=5'], 2, /unknown option '--rate=5'/],
  ])('refuses %s in one message', async (_reason, args, code, message) => {
    const run = startRun(args);
    const [exitCode] = await once(run.child, 'close');
    expect(exitCode).toBe(code);
    expect(run.printed()).toMatch(message);
    expect(run.printed()).not.toMatch(/\n\s+at /);
  });

  it('refuses settings that do not fit, naming the field', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'spillway-slo-'));
    const file = join(directory, 'slo.json');
    writeFileSync(file, readFileSync(SLO, 'utf8').replace('"latencyMs": 500', '"latencyMs": -1'));
    const run = startRun([`--slo=${file}`]);
    const [exitCode] = await once(run.child, 'close');
    rmSync(directory, { recursive: true });
    expect(exitCode).toBe(1);
    expect(run.printed()).toMatch(/slo\.json:.*latencyMs/);
  });
});
