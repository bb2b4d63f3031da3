import { stepRecordSchema } from '@spillway/capacity';
import { execFile, fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { calibrate } from '../src/calibrate.ts';
import { runStep, type StepRequest } from '../src/run-step.ts';
import { ArtilleryRunError, StepAbortedError } from '../src/step-error.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

let resultsDirectory: string;
let server: ScriptedServer | undefined;

beforeEach(async () => {
  resultsDirectory = await mkdtemp(path.join(os.tmpdir(), 'spillway-step-'));
});
afterEach(async () => {
  await server?.stop();
  await rm(resultsDirectory, { recursive: true, force: true });
});

function requestOf(change: Partial<StepRequest> = {}): StepRequest {
  return {
    name: 'discovery-01',
    purpose: 'discovery',
    arrivals: { kind: 'poisson', ratePerSecond: 100, seed: 1 },
    warmUpMs: 0,
    holdMs: 800,
    limits: 'lifted',
    payloadBytes: 1024,
    horizonMs: 1000,
    baseUrl: server?.url ?? '',
    runId: 'r1',
    resultsDirectory,
    ...change,
  };
}

/** Processes that have this test's results directory in their command line: Artillery and what it started. */
async function survivors(): Promise<string[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,args=']);
  return stdout.split('\n').filter((line) => line.includes(resultsDirectory) && line.includes('artillery'));
}

async function noSurvivors(): Promise<void> {
  for (const giveUpAt = Date.now() + 20_000; Date.now() < giveUpAt;) {
    if ((await survivors()).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('runStep', () => {
  it('takes a step through Artillery and leaves its files', async () => {
    server = await startScriptedServer('mixed');
    const { record, answers } = await runStep(requestOf());
    expect(stepRecordSchema.parse(record)).toEqual(record);
    expect(record).toMatchObject({
      name: 'discovery-01',
      stage: null,
      answersFile: 'step-discovery-01.answers.csv',
    });
    expect(record.sent).toBe(record.intended);
    expect(answers.count).toBe(record.sent);
    const report = JSON.parse(
      await readFile(path.join(resultsDirectory, 'step-discovery-01.artillery.json'), 'utf8'),
    );
    expect(report.aggregate.counters).toMatchObject({
      'spillway.sent': record.sent,
      'spillway.throttled': [...answers.status].filter((status) => status === 429).length,
      'vusers.created': 1,
    });
    expect(report.aggregate.summaries['spillway.latency'].count).toBe(record.sent);
    expect(await survivors()).toEqual([]);
  });

  it('sends a burst through the burst scenario', async () => {
    server = await startScriptedServer('plain');
    const arrivals = { kind: 'burst', requests: 40, withinMs: 20 } as const;
    const { record, answers } = await runStep(requestOf({ name: 'burst-01', purpose: 'burst', arrivals }));
    expect(record).toMatchObject({ intended: 40, sent: 40, arrivals });
    expect([...answers.outcome]).toEqual(Array(40).fill(0));
  });

  it('names what Artillery said when it fails', async () => {
    const failing = runStep(requestOf({ baseUrl: 'http://127.0.0.1:9/prod', payloadBytes: 20 }));
    await expect(failing).rejects.toThrow(ArtilleryRunError);
    await expect(failing).rejects.toMatchObject({ code: 'ARTILLERY_FAILED', exitCode: 1 });
    await expect(failing).rejects.toThrow(/payloadBytes 20, want ≥ \d+/);
  });

  it('does not take an earlier result of the same name for its own', async () => {
    await writeFile(path.join(resultsDirectory, 'step-discovery-01.generator.json'), '{}');
    await expect(runStep(requestOf({ baseUrl: 'not a URL' }))).rejects.toThrow(ArtilleryRunError);
    await expect(readFile(path.join(resultsDirectory, 'step-discovery-01.generator.json'))).rejects.toThrow(
      'ENOENT',
    );
  });

  it('leaves no process and hands over what was sent when it is aborted', async () => {
    server = await startScriptedServer('plain');
    const controller = new AbortController();
    const sending = runStep(requestOf({ holdMs: 60_000, signal: controller.signal }));
    await server.nextRequest();
    controller.abort();
    const error = await sending.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepAbortedError);
    expect(await survivors()).toEqual([]);
    const { partial } = error as StepAbortedError;
    expect(partial?.record.sent).toBeGreaterThan(0);
    expect(partial?.answers.count).toBe(partial?.record.sent);
  });

  it('leaves no process when the load test itself is killed', async () => {
    server = await startScriptedServer('plain');
    const runner = fork(path.join(__dirname, 'step-runner.ts'), [server.url, resultsDirectory], {
      execArgv: [],
    });
    await server.nextRequest();
    expect(await survivors()).not.toEqual([]);
    runner.kill('SIGKILL');
    await noSurvivors();
    expect(await survivors()).toEqual([]);
  });
});

describe('calibrate', () => {
  it('compares what was sent with what was offered, and ends its server', async () => {
    const request = {
      ratePerSecond: 50,
      warmUpMs: 200,
      holdMs: 500,
      runId: 'r1',
      payloadBytes: 1024,
      horizonMs: 5000,
    };
    const calibration = await calibrate({ ...request, resultsDirectory });
    expect(calibration.offeredPerSecond).toBe(50);
    expect(calibration.achievedRatio).toBeGreaterThan(0.5);
    expect(calibration.achievedRatio).toBeLessThanOrEqual(1);
    const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'ppid=,args=']);
    const children = stdout.split('\n').filter((line) => line.trim().startsWith(`${process.pid} `));
    expect(children.filter((line) => line.includes('null-server'))).toEqual([]);
  });
});
