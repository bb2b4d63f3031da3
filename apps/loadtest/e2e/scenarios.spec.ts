import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runArtillery } from '../src/artillery-process.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

const scenarios = path.join(__dirname, '..', 'scenarios');

describe('scenarios', () => {
  let server: ScriptedServer;
  let directory: string;
  beforeAll(async () => {
    server = await startScriptedServer('plain');
    directory = await mkdtemp(path.join(os.tmpdir(), 'spillway-scenarios-'));
  });
  afterAll(async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  });

  // Paces run in turn, each for as long as its arrivals need: 200 ms at the scenario's own rate.
  it.each([
    ['sustained', 1],
    ['peak', 5],
    ['burst', 1],
    ['large-payload', 4],
    ['ramp', 2],
    ['replay', 1],
  ])('%s runs as an ordinary Artillery script', async (name, paces) => {
    const { counters } = await run(name, { warmUpMs: 0, holdMs: 200 });
    expect(counters['spillway.sent']).toBeGreaterThanOrEqual(paces);
    expect(counters['spillway.acknowledged']).toBe(counters['spillway.sent']);
  });

  it('replay sends each recorded instant, found beside the scenario and not where Artillery was started', async () => {
    const arrivals = { kind: 'replay', file: 'recorded-arrivals.csv', speed: 10 };
    const { counters, histograms } = await run('replay', { arrivals });
    const recorded = await readFile(path.join(scenarios, arrivals.file), 'utf8');
    const instants = recorded.split('\n').filter((line) => /^\d/.test(line));
    expect(instants.length).toBeGreaterThan(100);
    expect(counters['spillway.acknowledged']).toBe(instants.length);
    for (const name of ['lateness', 'connect', 'first_byte', 'latency']) {
      expect(histograms[`spillway.${name}`]).toMatchObject({ count: instants.length });
    }
  });

  it('says what is wrong with a recorded list and fails', async () => {
    const arrivals = { kind: 'replay', file: 'recorded-arrivals.csv', column: 'at' };
    await expect(run('replay', { arrivals })).rejects.toThrow(
      `${path.join(scenarios, 'recorded-arrivals.csv')}: the first line is "arrivedMs", want a header with at`,
    );
  });

  async function run(name: string, pace: object) {
    const report = path.join(directory, `${name}.json`);
    const overrides = { config: { engines: { spillway: { pace } } } };
    const scenario = path.join(scenarios, `${name}.yml`);
    const args = ['run', '--quiet', '--target', server.url, '--output', report];
    const end = await runArtillery(
      [...args, '--overrides', JSON.stringify(overrides), scenario],
      { deadlineMs: 60_000, stopGraceMs: 5000 },
      new AbortController().signal,
    );
    if (end.exitCode !== 0) throw new Error(end.output);
    expect(end).toMatchObject({ stoppedBy: 'itself' });
    return JSON.parse(await readFile(report, 'utf8')).aggregate;
  }
});
