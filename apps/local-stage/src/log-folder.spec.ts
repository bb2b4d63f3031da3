import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LogFolderError, openLogFolder } from './log-folder.ts';
import type { FunctionModel } from './template/function-model.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'log-folder-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const functions = [{ name: 'probe' } as FunctionModel];

describe('openLogFolder', () => {
  it('makes the folder and those above it', () => {
    openLogFolder(join(directory, 'a/b'), { functions });
    expect(existsSync(join(directory, 'a/b'))).toBe(true);
  });

  it.each([
    ['a file', 'file', /file is not a folder, .*want a folder that logs can be written to; choose another$/],
    ['inside of a file', 'file/logs', /is inside of what is none/],
    ['inside of what takes no folder', '/proc/logs', /\/proc\/logs can't be made/],
    ['where a folder has the name of a log', 'logs', /logs\/probe\.log is a folder where a log would be/],
  ])('refuses %s', (_case, path, message) => {
    writeFileSync(join(directory, 'file'), '');
    mkdirSync(join(directory, 'logs/probe.log'), { recursive: true });
    const folder = path.startsWith('/') ? path : join(directory, path);
    expect(() => openLogFolder(folder, { functions })).toThrow(LogFolderError);
    expect(() => openLogFolder(folder, { functions })).toThrow(message);
  });
});
