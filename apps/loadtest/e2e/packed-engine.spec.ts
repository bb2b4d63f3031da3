import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { mergeShards } from '../src/generator/shards/merge-shards.ts';
import { openPlace } from '../src/generator/shards/result-place.ts';
import { readShards } from '../src/generator/shards/shard-record.ts';
import { s3Environment, startS3Server } from './s3-server.ts';
import { startScriptedServer, type ScriptedServer } from './start-scripted-server.ts';

const run = promisify(execFile);
const MODULES = path.resolve(__dirname, '../../../node_modules');
const PACKED = path.resolve(__dirname, '../dist');
const inherited = { ...process.env };

/** What somebody has who installed Artillery and the packed engine, and nothing of this repository. */
let folder: string;
let server: ScriptedServer;
const received: number[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spillway-packed-'));
  await run('npm', ['pack', PACKED, `--pack-destination=${folder}`], { cwd: folder });
  await writeFile(path.join(folder, 'package.json'), '{}');
  const [tarball = ''] = (await readdir(folder)).filter((name) => name.endsWith('.tgz'));
  // Offline: the package needs no other.
  await run('npm', ['install', '--offline', '--no-audit', '--no-fund', path.join(folder, tarball)], {
    cwd: folder,
  });
  await installArtillery();
  await writeFile(path.join(folder, 'scenario.yml'), await scenario());
  server = await startScriptedServer('plain');
  server.process.on('message', ({ sequence }: { sequence: number }) => received.push(sequence));
});
afterAll(async () => {
  process.env = inherited;
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Artillery itself as a copy, since it looks for engines beside itself; what it needs as links, since it is large. */
async function installArtillery(): Promise<void> {
  const modules = path.join(folder, 'node_modules');
  await cp(path.join(MODULES, 'artillery'), path.join(modules, 'artillery'), { recursive: true });
  for (const entry of await readdir(MODULES)) {
    if (entry.startsWith('.') || entry.startsWith('artillery') || entry === '@spillway') continue;
    await mkdir(modules, { recursive: true });
    await symlink(path.join(MODULES, entry), path.join(modules, entry));
  }
}

async function scenario(): Promise<string> {
  return readFile(path.join(__dirname, '../scenarios/sustained.yml'), 'utf8');
}

function artillery(spillway: object, env: NodeJS.ProcessEnv = {}): Promise<{ stdout: string }> {
  const pace = {
    warmUpMs: 0,
    holdMs: 500,
    name: 'packed',
    arrivals: { kind: 'constant', ratePerSecond: 40 },
  };
  const overrides = { config: { engines: { spillway: { runId: 'r1', pace, ...spillway } } } };
  const cli = path.join(folder, 'node_modules/artillery/bin/run');
  const args = [cli, 'run', '--target', server.url, '--overrides', JSON.stringify(overrides), 'scenario.yml'];
  return run(process.execPath, args, {
    cwd: folder,
    // Nx asks for colours, which would stand between a counter and its value.
    env: { ...inherited, FORCE_COLOR: '0', ARTILLERY_DISABLE_TELEMETRY: 'true', ...env },
  });
}

describe('artillery-engine-spillway, packed', () => {
  it('is plain JavaScript that needs no other package', async () => {
    const installed = path.join(folder, 'node_modules/artillery-engine-spillway');
    const names = await readdir(installed);
    expect(names).toEqual(
      expect.arrayContaining(['README.md', 'engine.js', 'alarm-thread.js', 'host-stalls-thread.js']),
    );
    expect(names.filter((name) => /\.(ts|node)$/.test(name))).toEqual([]);
    const manifest = JSON.parse(await readFile(path.join(installed, 'package.json'), 'utf8'));
    expect(manifest).not.toHaveProperty('dependencies');
    // What it says of itself is about the package, which has neither this repository's files nor its commands.
    const readme = await readFile(path.join(installed, 'README.md'), 'utf8');
    expect(readme).not.toMatch(/\bnx\b|\.m?ts\b|apps\//);
    // What Artillery finds, from where it looks.
    const find = `require('node:module').createRequire(process.argv[1]).resolve('artillery-engine-spillway')`;
    const { stdout } = await run(process.execPath, [
      '-p',
      find,
      path.join(folder, 'node_modules/artillery/bin/run'),
    ]);
    expect(stdout.trim()).toBe(path.join(installed, 'engine.js'));
  });

  it('sends a step under plain Artillery', async () => {
    received.length = 0;
    const { stdout } = await artillery({ resultsDirectory: 'out' });
    expect(stdout).toMatch(/spillway\.acknowledged:\D+20\n/);
    expect(received.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect((await readdir(path.join(folder, 'out'))).sort()).toEqual([
      'step-packed.answers.csv',
      'step-packed.generator.json',
    ]);
  });

  it('sends a step from several places that meet in S3', async () => {
    received.length = 0;
    const s3 = await startS3Server();
    const env = s3Environment(s3);
    const results = 's3://artilleryio-test-data-000000000000/spillway/r1';
    const worker = () => artillery({ resultsDirectory: results, shards: { count: 2 } }, env);
    await Promise.all([worker(), worker()]);
    Object.assign(process.env, env);
    const place = (await openPlace(results)).within('step-packed.shards');
    const { report, answers } = mergeShards('packed', await readShards(place, 'packed'));
    await s3.close();
    expect(report).toMatchObject({ intended: 20, sent: 20, counts: { acknowledged: 20 } });
    expect([...answers.intendedMs]).toEqual(Array.from({ length: 20 }, (_, i) => i * 25));
    expect(received.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
  });
});
