import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'spillway-folders-'));

afterAll(() => rmSync(root, { recursive: true }));

describe('makeFolder', () => {
  it('makes a folder with those above it, and leaves one that is there', () => {
    const folder = join(root, 'a/b/c');
    makeFolder(folder);
    makeFolder(folder);
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  it('refuses at once where something else has the name, is in the way, or nothing may be made', () => {
    const file = join(root, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow(/EEXIST/);
    expect(() => makeFolder(join(file, 'below'))).toThrow(/EEXIST.*file'/);
    expect(() => makeFolder('/proc/spillway/below')).toThrow(/^E\w+: .*\/proc/);
  });
});
