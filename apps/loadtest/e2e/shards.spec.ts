import { execFile, fork } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { outcomes } from '@spillway/capacity';
import { readAnswersFile } from '@spillway/run-files';
import type { StepListener } from '../src/generator/open-loop.ts';
import type { StepPlan } from '../src/generator/send-step.ts';
import { DirectoryPlace } from '../src/generator/shards/directory-place.ts';
import { mergeShards } from '../src/generator/shards/merge-shards.ts';
import { sendShare } from '../src/generator/shards/send-share.ts';
import { readShards } from '../src/generator/shards/shard-record.ts';
import { askToStop } from '../src/generator/shards/stop-watch.ts';
import { runStep, type StepRequest } from '../src/run-step.ts';
import { ArtilleryRunError, StepAbortedError } from '../src/step-error.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

let resultsDirectory: string;
let server: ScriptedServer;
let received: number[];

async function start(script: Parameters<typeof startScriptedServer>[0]): Promise<void> {
  server = await startScriptedServer(script);
  server.process.on('message', ({ sequence }: { sequence: number }) => received.push(sequence));
}

beforeEach(async () => {
  received = [];
  resultsDirectory = await mkdtemp(path.join(os.tmpdir(), 'spillway-shards-'));
});
afterEach(async () => {
  await server.stop();
  await rm(resultsDirectory, { recursive: true, force: true });
});

function requestOf(count: number, change: Partial<StepRequest> = {}): StepRequest {
  return {
    name: 'discovery-01',
    purpose: 'discovery',
    arrivals: { kind: 'poisson', ratePerSecond: 100, seed: 1 },
    warmUpMs: 0,
    holdMs: 1000,
    limits: 'lifted',
    payloadBytes: 1024,
    horizonMs: 1000,
    baseUrl: server.url,
    runId: 'r1',
    resultsDirectory,
    generators: { count },
    ...change,
  };
}

/** Processes that send to this test's results directory. */
async function generators(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,args=']);
  return stdout
    .split('\n')
    .filter((line) => line.includes(resultsDirectory) && line.includes('artillery'))
    .map((line) => Number(line.trim().split(' ')[0]));
}

async function untilGone(): Promise<number[]> {
  for (const giveUpAt = Date.now() + 20_000; Date.now() < giveUpAt;) {
    if ((await generators()).length === 0) return [];
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return generators();
}

describe('a step of several generators', () => {
  it.each([2, 3])('is sent by %d, each request once, and merges into one', async (count) => {
    await start('mixed');
    const { record, answers } = await runStep(requestOf(count));
    expect(record.sent).toBe(record.intended);
    expect(received.sort((a, b) => a - b)).toEqual(Array.from({ length: record.sent }, (_, i) => i));
    expect(record.generator.shards).toBe(count);

    const one = await runStep(requestOf(1, { name: 'one' }));
    expect(record.intended).toBe(one.record.intended);
    expect([...answers.intendedMs]).toEqual([...one.answers.intendedMs]);

    const report = await readJson('step-discovery-01.generator.json');
    const counts = report['counts'] as Record<string, number>;
    expect(Object.values(counts).reduce((sum, part) => sum + part, 0)).toBe(record.sent);
    const acknowledged = [...answers.outcome].filter((index) => outcomes[index] === 'acknowledged').length;
    expect(counts['acknowledged']).toBe(acknowledged);
    const file = path.join(resultsDirectory, record.answersFile);
    expect(readAnswersFile(file, record.sent)).toEqual(answers);
    expect(await generators()).toEqual([]);
  });

  it('starts all generators at one instant', async () => {
    await start('plain');
    const { record } = await runStep(requestOf(2));
    const records = [0, 1].map((index) => readJson(`step-discovery-01.shards/shard-${index}.json`));
    const starts = (await Promise.all(records)).map(({ startAtMs }) => startAtMs as number);
    expect(starts[1]).toBe(starts[0]);
    expect(record.startedAt).toBe(new Date(starts[0] as number).toISOString());
  });

  it('comes to nothing when one generator is killed, and says so', async () => {
    await start('plain');
    const sending = runStep(requestOf(2, { holdMs: 60_000 })).catch((thrown: unknown) => thrown);
    await server.nextRequest();
    const [victim = 0] = await generators();
    process.kill(victim, 'SIGKILL');
    const error = await sending;
    expect(error).toBeInstanceOf(ArtilleryRunError);
    expect((error as Error).message).toMatch(/^step discovery-01: Artillery was killed, want exit code 0/);
    expect(await generators()).toEqual([]);
    expect(await readdir(resultsDirectory)).toEqual(['step-discovery-01.shards']);
  });

  it('hands over what every generator sent when it is aborted', async () => {
    await start('plain');
    const controller = new AbortController();
    const sending = runStep(requestOf(2, { holdMs: 60_000, signal: controller.signal }));
    await server.nextRequest();
    await new Promise((resolve) => setTimeout(resolve, 300));
    controller.abort();
    const error = await sending.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(StepAbortedError);
    const { partial } = error as StepAbortedError;
    const sequences =
      partial?.answers.sequence ?? Array.from({ length: partial?.answers.count ?? 0 }, (_, i) => i);
    // What reached the server is a part of what was sent: a request may have been broken off on its way.
    expect(received.filter((sequence) => ![...sequences].includes(sequence))).toEqual([]);
    expect(partial?.record.sent).toBeGreaterThan(0);
    expect(partial?.record.sent).toBe(partial?.answers.count);
    expect(await generators()).toEqual([]);
  });

  it('sends nothing when the step can not be sent, and names why', async () => {
    await start('plain');
    const failing = runStep(requestOf(2, { payloadBytes: 20 }));
    await expect(failing).rejects.toThrow(/payloadBytes 20, want ≥ \d+/);
    expect(received).toEqual([]);
  });

  it('leaves no process when the load test itself is killed', async () => {
    await start('plain');
    const runner = fork(path.join(__dirname, 'step-runner.ts'), [server.url, resultsDirectory, '3'], {
      execArgv: [],
    });
    await server.nextRequest();
    expect(await generators()).toHaveLength(3);
    runner.kill('SIGKILL');
    expect(await untilGone()).toEqual([]);
  });
});

describe('sendShare', () => {
  it('ends early for all when somebody asks for it in the place where they meet', async () => {
    await start('plain');
    const place = new DirectoryPlace(resultsDirectory);
    const plan: StepPlan = {
      name: 'asked',
      runId: 'r1',
      target: new URL(server.url),
      arrivals: { kind: 'constant', ratePerSecond: 50 },
      warmUpMs: 0,
      holdMs: 60_000,
      payloadBytes: 512,
      horizonMs: 60_000,
      socketCap: 100,
    };
    const unheard: StepListener = { onSent: () => undefined, onSettled: () => undefined };
    const share = () =>
      sendShare(plan, { count: 2, waitMs: 20_000 }, place, unheard, new AbortController().signal);
    const sending = [share(), share()];
    await server.nextRequest();
    await askToStop(place.within('step-asked.shards'));
    const steps = await Promise.all(sending);
    expect(steps.map(({ report }) => report.interrupted)).toEqual([true, true]);
    const { report } = mergeShards('asked', await readShards(place.within('step-asked.shards'), 'asked'));
    expect(report).toMatchObject({ interrupted: true, intended: 3000 });
    expect(report.sent).toBe(steps.reduce((sum, { report: { sent } }) => sum + sent, 0));
  });
});

async function readJson(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(path.join(resultsDirectory, name), 'utf8'));
}
