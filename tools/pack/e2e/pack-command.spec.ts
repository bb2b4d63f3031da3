import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { rawManifest } from '../src/__fixtures__/source-manifest.ts';
import { runPack, runPackIn } from './run-pack.ts';

const workspace = resolve(__dirname, '../../..');

describe('spillway-pack', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spillway-pack-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A project of one module, with the compiler options of the workspace. */
  const writeProject = (module: string, manifest: Readonly<Record<string, unknown>> = {}) => {
    const base = join(workspace, 'tsconfig.base.json');
    const changed = { ...rawManifest, dependencies: {}, exports: { '.': './src/index.ts' }, ...manifest };
    mkdirSync(join(folder, 'src'));
    writeFileSync(join(folder, 'package.json'), JSON.stringify(changed));
    writeFileSync(join(folder, 'tsconfig.lib.json'), JSON.stringify({ extends: base, include: ['src'] }));
    writeFileSync(join(folder, 'src/index.ts'), module);
    writeFileSync(join(folder, 'src/unused.ts'), 'export const unused = 1;');
    cpSync(join(workspace, 'tools/pack/README.md'), join(folder, 'README.md'));
  };
  const readPacked = (file: string) => readFileSync(join(folder, 'dist/package', file), 'utf8');

  it('packs a project beside its sources, and says where, how large and which bytes', () => {
    writeProject('export const answer: number = 42;');
    const { status, stdout, stderr } = runPack(folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/dist\/spillway-sample-0\.0\.0\.tgz {2}\d+ bytes {2}sha256 [0-9a-f]{64}\n$/);
    expect(readPacked('lib/index.js')).toBe('export const answer = 42;\n');
    expect(readPacked('lib/index.d.ts')).toBe('export declare const answer: number;\n');
  });

  it('leaves out sources that no export needs, also those that an earlier one needed', () => {
    writeProject(`export { unused } from './unused.ts';`);
    expect(runPack(folder).status).toBe(0);
    expect(readPacked('lib/unused.js')).toContain('unused');
    writeFileSync(join(folder, 'src/index.ts'), 'export const answer = 42;');
    expect(runPack(folder).status).toBe(0);
    expect(() => readPacked('lib/unused.js')).toThrow('ENOENT');
    expect(readPacked('lib/index.js')).toContain('answer');
  });

  it('names the repository of the workflow that it runs in', () => {
    writeProject('export const answer = 42;');
    expect(runPackIn({ GITHUB_REPOSITORY: 'example/spillway' }, folder).status).toBe(0);
    expect(JSON.parse(readPacked('package.json'))).toHaveProperty(
      'repository.url',
      'git+https://github.com/example/spillway.git',
    );
  });

  it('refuses what does not compile, and says where', () => {
    writeProject(`export const answer: number = 'none';`);
    expect(runPack(folder)).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringMatching(/does not compile:\n.*index\.ts\(1,14\): error TS2322/),
    });
  });

  it('refuses a project that is not to be published', () => {
    expect(runPack(join(workspace, 'libs/throttle'), `--out=${folder}`)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(`libs/throttle/package.json can't be published`),
    });
  });

  it('fails on what its checks find: here declarations that the compiler reads and does not copy', () => {
    writeProject(`import type { Answer } from './answer.d.ts';\nexport declare const answer: Answer;`);
    writeFileSync(join(folder, 'src/answer.d.ts'), 'export type Answer = 42;');
    expect(runPack(folder)).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('spillway-sample-0.0.0.tgz'),
      stderr: expect.stringContaining('arethetypeswrong InternalResolutionError'),
    });
  });

  it.each([
    ['nothing', []],
    ['two projects', ['libs/shared', 'libs/client']],
    ['an option it does not have', ['--watch']],
    ['a project and a tarball', ['libs/shared', '--check=a.tgz']],
  ])('explains itself when given %s', (_what, args) => {
    expect(runPack(...args)).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('spillway-pack <'),
    });
  });
});
