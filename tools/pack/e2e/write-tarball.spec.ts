import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { writeTarball } from '../src/write-tarball.ts';

const manifest = JSON.stringify({ name: '@spillway/sample', version: '0.0.0', files: ['lib'] });

describe('writeTarball', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spillway-write-tarball-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const pack = async (name: string, module: string, mode: number, changed: Date) => {
    const packageFolder = join(folder, name, 'package');
    mkdirSync(join(packageFolder, 'lib'), { recursive: true });
    writeFileSync(join(packageFolder, 'package.json'), manifest, { mode });
    const path = join(packageFolder, 'lib/index.js');
    writeFileSync(path, module, { mode });
    utimesSync(path, changed, changed);
    return writeTarball(packageFolder, join(folder, name));
  };

  it('names the tarball after package and version', async () => {
    expect(basename(await pack('one', '', 0o644, new Date(0)))).toBe('spillway-sample-0.0.0.tgz');
  });

  it('gives the same bytes for the same files, whatever their times and permissions', async () => {
    const one = await pack('one', 'export {};', 0o644, new Date('2026-01-01'));
    const other = await pack('other', 'export {};', 0o600, new Date('2027-01-01'));
    expect(readFileSync(one).equals(readFileSync(other))).toBe(true);
  });

  it('gives other bytes for other files', async () => {
    const one = await pack('one', 'export {};', 0o644, new Date(0));
    const other = await pack('other', 'export { };', 0o644, new Date(0));
    expect(readFileSync(one).equals(readFileSync(other))).toBe(false);
  });
});
