import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runPack } from './run-pack.ts';
import { writeTarball } from '../src/write-tarball.ts';

const manifest = {
  name: '@spillway/sample',
  version: '0.0.0',
  license: 'MIT',
  type: 'module',
  sideEffects: false,
  exports: { '.': { types: './lib/index.d.ts', default: './lib/index.js' } },
  files: ['lib'],
};
const files = {
  LICENSE: 'MIT',
  'lib/index.js': `export { answer } from './answer.js';`,
  'lib/index.d.ts': `export { answer } from './answer.js';`,
  'lib/answer.js': 'export const answer = 42;',
  'lib/answer.d.ts': 'export declare const answer: number;',
};

describe('spillway-pack --check', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spillway-check-tarball-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const findings = async (
    changedManifest: Readonly<Record<string, unknown>>,
    changedFiles: Readonly<Record<string, string | undefined>>,
  ) => {
    const contents = {
      ...files,
      ...changedFiles,
      'package.json': JSON.stringify({ ...manifest, ...changedManifest }),
    };
    for (const [file, text] of Object.entries(contents)) {
      if (text === undefined) continue;
      const path = join(folder, 'package', file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return runPack(`--check=${await writeTarball(join(folder, 'package'), folder)}`);
  };

  it('finds nothing wrong with modules and their types', async () => {
    expect(await findings({}, {})).toMatchObject({ status: 0, stderr: '' });
  });

  it.each([
    ['a module that is not there', { exports: { '.': './lib/main.js' } }, {}, 'FILE_DOES_NOT_EXIST'],
    [
      'types that come too late',
      { exports: { '.': { default: './lib/index.js', types: './lib/index.d.ts' } } },
      {},
      'EXPORTS_TYPES_SHOULD_BE_FIRST',
    ],
    ['what is only a suggestion', { license: undefined }, {}, 'publint suggestion USE_LICENSE'],
    [
      'types that import what is not there',
      {},
      { 'lib/index.d.ts': `export * from './other.js';` },
      'InternalResolutionError',
    ],
    [
      'types of CommonJS for a module',
      { exports: { '.': { types: './lib/index.d.cts', default: './lib/index.js' } } },
      { 'lib/index.d.cts': 'export declare const answer: number;' },
      'FalseCJS',
    ],
    [
      'no types',
      { exports: { '.': './lib/index.js' } },
      { 'lib/index.d.ts': undefined, 'lib/answer.d.ts': undefined },
      'has no types',
    ],
  ])('finds %s', async (_what, changedManifest, changedFiles, code) => {
    expect(await findings(changedManifest, changedFiles)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(code),
    });
  });
});
