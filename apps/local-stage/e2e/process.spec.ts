import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendants, eventually, statesOf } from './__fixtures__/processes.ts';
import { ECHO_TEMPLATE, HTTP_TEMPLATE, startStageProcess } from './stage-process.ts';

const FAULTS_TEMPLATE = join(__dirname, '__fixtures__/fault-stage/Faults.template.json');

const MAIN = join(__dirname, '../src/main.ts');

async function isListening(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** Waits for the ends that follow a kill; gives what still listens after that. */
async function stillListening(urls: readonly string[]): Promise<readonly string[]> {
  for (let attempt = 0; ; attempt += 1) {
    const states = await Promise.all(urls.map(isListening));
    const open = urls.filter((_, index) => states[index]);
    if (open.length === 0 || attempt === 100) return open;
    await sleep(100);
  }
}

const environmentOf = async (baseUrl: string): Promise<Record<string, string>> =>
  (await (await fetch(`${baseUrl}/environment`)).json()) as Record<string, string>;

describe.each(['dynalite', 'dynoxide'])('a stage with %s', (engine) => {
  it.each(['SIGKILL', 'SIGTERM', 'SIGINT', 'disconnect'])(
    'leaves nothing listening after %s',
    async (way) => {
      const stage = await startStageProcess(`--template=${ECHO_TEMPLATE}`, `--engine=${engine}`);
      const { AWS_ENDPOINT_URL_DYNAMODB: engineUrl = '' } = await environmentOf(stage.baseUrl);
      const urls = [stage.baseUrl, stage.awsEndpoint, engineUrl];
      expect(await Promise.all(urls.map(isListening))).toEqual([true, true, true]);
      const ended = once(stage.process, 'exit') as Promise<[number | null, string | null]>;
      if (way === 'disconnect') stage.process.disconnect();
      else stage.process.kill(way as NodeJS.Signals);
      expect(await ended).toEqual(way === 'SIGKILL' ? [null, 'SIGKILL'] : [0, null]);
      expect(await stillListening(urls)).toEqual([]);
    },
  );
});

// Processes and their states are read from /proc.
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a stage whose processes are ended from the leaves up', () => {
  it('ends by itself, a frozen environment or not', async () => {
    const stage = await startStageProcess(`--template=${ECHO_TEMPLATE}`, '--engine=dynoxide');
    const { AWS_ENDPOINT_URL_DYNAMODB: engineUrl = '' } = await environmentOf(stage.baseUrl);
    const pid = stage.process.pid as number;
    await eventually(() => statesOf(descendants(pid)).includes('T'), 'an idle environment is frozen');
    const ended = once(stage.process, 'exit');
    for (const leaf of descendants(pid).filter((child) => descendants(child).length === 0)) {
      process.kill(leaf, 'SIGTERM');
    }
    expect(await ended).toEqual([0, null]);
    expect(await stillListening([stage.baseUrl, stage.awsEndpoint, engineUrl])).toEqual([]);
  });
});

describe('a stage that is stopped while a request runs', () => {
  it('says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stopped-'));
    const stage = await startStageProcess(
      `--template=${FAULTS_TEMPLATE}`,
      '--engine=dynalite',
      `--log-dir=${folder}`,
    );
    const cutOff = fetch(`${stage.baseUrl}/spins`).catch(() => null);
    const log = join(folder, 'Faults-Function.log');
    await eventually(
      () => existsSync(log) && readFileSync(log, 'utf8').includes('\nSTART '),
      'the handler runs',
    );
    stage.process.kill('SIGINT');
    await stage.stop();
    await cutOff;
    rmSync(folder, { recursive: true });
    const said = 'Faults-Function: stopped while 1 request ran\n';
    await eventually(() => stage.output().includes(said), 'it says so');
    expect(stage.output()).not.toContain('failed');
  });
});

describe('bad input', () => {
  const run = (...args: readonly string[]): { status: number | null; stderr: string } => {
    const { status, stderr } = spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8' });
    return { status, stderr };
  };

  it.each([
    [
      'a template that is not there',
      ['--template=/nowhere.template.json'],
      /nowhere.*can't be read.*nx synth infra/,
    ],
    ['a template that is none', [`--template=${MAIN}`], /main\.ts: not JSON/],
    ['an unknown option', ['--portt=1'], /unknown option '--portt=1'/],
    ['a port that is no number', ['--port=http'], /--port.*'http' is invalid.*integer from 0 to 65535/],
    ['an unknown engine', ['--engine=mysql'], /--engine.*'mysql' is invalid.*dynoxide, dynalite/],
    ['an endpoint that is no URL', ['--dynamodb-endpoint=8000'], /--dynamodb-endpoint.*Want a URL such as/],
    ['a Region that is none', ['--region=../x y'], /--region.*is invalid.*Want the name of a Region/],
    ['no Region', ['--region='], /--region.*'' is invalid.*Want the name of a Region, such as us-east-1/],
    [
      'an account larger than memory',
      ['--account-concurrency=1000001'],
      /--account-concurrency.*integer from 1 to 1000000/,
    ],
    ['a command that nothing runs', ['--rebuild=make'], /--rebuild without --watch, want both; add --watch/],
    ['sources of nothing', ['--watch', '--source=.'], /--source without --rebuild/],
    [
      'more APIs than ports',
      [`--template=${HTTP_TEMPLATE}`, '--engine=dynalite', '--port=65535'],
      /--port=65535: found \d APIs, want a port for each up to 65535; run again with --port=6553\d at most/,
    ],
    [
      'a log folder that is a file',
      [`--template=${ECHO_TEMPLATE}`, `--log-dir=${MAIN}`],
      /main\.ts is not a folder/,
    ],
    [
      'a log folder that can not be made',
      [`--template=${ECHO_TEMPLATE}`, '--log-dir=/proc/logs'],
      /--log-dir: \/proc\/logs can't be made/,
    ],
    [
      'an account that can not spare the reservation',
      [`--template=${ECHO_TEMPLATE}`, '--account-concurrency=100'],
      /reserved concurrency 2, want ≤ 0/,
    ],
  ])('%s ends it with one line', (_case, args, message) => {
    const { status, stderr } = run(...args);
    const lines = stderr.split('\n').filter((line) => line !== '' && !line.startsWith('not played'));
    expect(status).toBe(1);
    expect(lines).toEqual([expect.stringMatching(message)]);
  });

  it('a port that is taken is named with the way out', async () => {
    const stage = await startStageProcess(`--template=${ECHO_TEMPLATE}`, '--engine=dynalite');
    const { port } = new URL(stage.baseUrl);
    const { status, stderr } = run(`--template=${ECHO_TEMPLATE}`, '--engine=dynalite', `--port=${port}`);
    await stage.stop();
    expect([status, stderr]).toEqual([1, expect.stringContaining(`port ${port} is taken`)]);
    expect(stderr).toContain('--port=0');
  });
});
