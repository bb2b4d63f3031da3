import { readAnswersFile } from '@spillway/run-files';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { generatorReportSchema } from '../src/generator/generator-report.ts';
import { scriptOf, startArtillery, type PlainArtillery } from './start-artillery.ts';
import { OK, startWireServer, type WireServer } from './start-wire-server.ts';

const ENGINE = ['engines: { spillway: { resultsDirectory: out, runId: r1 } }'];
const LONG =
  '{ pace: { name: long, arrivals: { kind: constant, ratePerSecond: 100 }, holdMs: 120000, horizonMs: 60000 } }';
const NEXT = '{ pace: { name: next, arrivals: { kind: constant, ratePerSecond: 100 }, holdMs: 1000 } }';

let server: WireServer;
let artillery: PlainArtillery;
afterEach(async () => {
  await artillery.dispose();
  await server.goAway();
});

/** Artillery that has sent about this many requests of its flow. */
async function sending(flow: readonly string[], requests: number): Promise<void> {
  artillery = startArtillery({ 'test.yml': scriptOf(server.url, flow, ENGINE) });
  while (server.received() < requests) {
    if (artillery.process.exitCode !== null) throw new Error(artillery.printed());
    await sleep(20);
  }
}

function readStep(name: string) {
  const file = (suffix: string) => path.join(artillery.directory, 'out', `step-${name}.${suffix}`);
  const report = generatorReportSchema.parse(JSON.parse(readFileSync(file('generator.json'), 'utf8')));
  return { report, answers: readAnswersFile(file('answers.csv'), report.sent) };
}

function expectConserved(name: string) {
  const { report, answers } = readStep(name);
  expect(report.interrupted).toBe(true);
  expect(answers.count).toBe(report.sent);
  expect(Object.values(report.counts).reduce((sum, count) => sum + count, 0)).toBe(report.sent);
  expect(report.sent).toBeGreaterThanOrEqual(server.received());
  return report;
}

describe('plain artillery run, ended by a signal', () => {
  it.each<[NodeJS.Signals, number]>([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('%s ends the step, writes its files whole and takes no other step', async (signal, exitCode) => {
    server = await startWireServer((socket) => socket.write(OK));
    await sending([LONG, NEXT], 60);
    artillery.process.kill(signal);
    expect(await artillery.ended()).toBe(exitCode);
    const report = expectConserved('long');
    expect(report.counts.acknowledged).toBeGreaterThanOrEqual(50);
    expect(readdirSync(path.join(artillery.directory, 'out')).sort()).toEqual([
      'step-long.answers.csv',
      'step-long.generator.json',
    ]);
  });

  it('gives what a silent server never answered its ending as well', async () => {
    server = await startWireServer(() => undefined);
    await sending([LONG], 60);
    artillery.process.kill('SIGINT');
    expect(await artillery.ended()).toBe(130);
    const report = expectConserved('long');
    expect(report.counts['connection-error']).toBe(report.sent);
  });

  it('does not think on, and keeps the step before', async () => {
    server = await startWireServer((socket) => socket.write(OK));
    await sending([NEXT, 'think: 600'], 100);
    while (!readdirSync(artillery.directory).includes('out')) await sleep(20);
    await sleep(500);
    artillery.process.kill('SIGINT');
    expect(await artillery.ended()).toBe(130);
    expect(readStep('next').report).toMatchObject({ interrupted: false, sent: 100 });
  });
});
