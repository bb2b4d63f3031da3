import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runArtillery } from '../src/artillery-process.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

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
  ])('%s runs as an ordinary Artillery script', async (name, paces) => {
    const report = path.join(directory, `${name}.json`);
    const shorter = { config: { engines: { spillway: { pace: { warmUpMs: 0, holdMs: 200 } } } } };
    const scenario = path.join(__dirname, '..', 'scenarios', `${name}.yml`);
    const args = ['run', '--quiet', '--target', server.url, '--output', report];
    const end = await runArtillery(
      [...args, '--overrides', JSON.stringify(shorter), scenario],
      60_000,
      new AbortController().signal,
    );
    expect(end).toMatchObject({ exitCode: 0, stoppedBy: 'itself' });
    const { counters } = JSON.parse(await readFile(report, 'utf8')).aggregate;
    expect(counters['spillway.sent']).toBeGreaterThanOrEqual(paces);
    expect(counters['spillway.acknowledged']).toBe(counters['spillway.sent']);
  });
});
