import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { EngineNotBuiltError, writeTestBundle } from '../src/runner/test-bundle.ts';

const run = promisify(execFile);
const ENGINE = path.resolve(__dirname, '../dist');
const ARTILLERY = path.resolve(__dirname, '../../../node_modules/artillery/dist/lib');

let folder: string;
let bundle: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'spillway-bundle-'));
  bundle = path.join(folder, 'runner');
  await writeTestBundle(bundle, ENGINE);
});
afterAll(() => rm(folder, { recursive: true }));

/** What Artillery's runners would upload for a scenario: asked of its own code, in a process of its own. */
async function manifestOf(
  scenario: string,
): Promise<{ files: { noPrefixPosix: string }[]; modules: string[] }> {
  const code = `
    import '${pathToFileURL(path.join(ARTILLERY, 'artillery-global.js')).href}';
    import { createBOM } from '${pathToFileURL(path.join(ARTILLERY, 'platform/aws-ecs/legacy/bom.js')).href}';
    createBOM(process.argv[1], [], { flags: {}, scenarioPath: process.argv[1] }, (error, manifest) => {
      if (error) throw error;
      console.log('MANIFEST' + JSON.stringify(manifest));
    });`;
  const args = ['--input-type=module', '-e', code, path.join(bundle, scenario)];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout.slice(stdout.indexOf('MANIFEST') + 'MANIFEST'.length));
}

describe('writeTestBundle', () => {
  it.each(['sustained.yml', 'burst.yml'])(
    'gives Artillery all that a worker needs to run %s',
    async (scenario) => {
      const { files, modules } = await manifestOf(scenario);
      const names = files.map(({ noPrefixPosix }) => noPrefixPosix).sort();
      expect(names).toEqual(['artillery-engine-spillway-0.0.0.tgz', 'package.json', scenario].sort());
      expect(modules).toEqual(['artillery-engine-spillway']);
    },
  );

  it('is the scenario of this project, and a list of what else to upload', async () => {
    const text = await readFile(path.join(bundle, 'sustained.yml'), 'utf8');
    const original = await readFile(path.join(__dirname, '../scenarios/sustained.yml'), 'utf8');
    const added = text.split('\n').filter((line) => !original.split('\n').includes(line));
    expect(added.join('\n')).toMatch(/^ {2}includeFiles:\n {4}- artillery-engine-spillway-0\.0\.0\.tgz$/);
  });

  // As Artillery's workers do: each module by its name, then all of package.json.
  it('installs the bundled engine, and no stranger of its name', async () => {
    const worker = path.join(folder, 'worker');
    await cp(bundle, worker, { recursive: true });
    const npm = (...args: string[]) =>
      run('npm', [...args, '--offline', '--no-audit', '--no-fund'], { cwd: worker });
    await npm('install', 'artillery-engine-spillway', '--prefix', worker);
    await npm('install', '--prefix', worker);
    const installed = path.join(worker, 'node_modules/artillery-engine-spillway');
    const built = await readFile(path.join(ENGINE, 'engine.js'), 'utf8');
    expect(await readFile(path.join(installed, 'engine.js'), 'utf8')).toBe(built);
  });

  it('says what to run when the engine is not built', async () => {
    const writing = writeTestBundle(path.join(folder, 'other'), folder);
    await expect(writing).rejects.toThrow(EngineNotBuiltError);
    await expect(writing).rejects.toThrow(/found no built engine.*npx nx build loadtest/);
  });
});
