import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderWatch } from '../src/watch/folder-watch.ts';
import { eventually } from './__fixtures__/processes.ts';

let folder: string;
let seen: string[];
let watching: FolderWatch;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'folder-watch-'));
  mkdirSync(join(folder, 'src/deep'), { recursive: true });
  mkdirSync(join(folder, 'src/node_modules'));
  seen = [];
  watching = new FolderWatch((path) => seen.push(path.slice(folder.length + 1)));
});
afterEach(() => {
  watching.close();
  rmSync(folder, { recursive: true });
});

const write = (path: string): void => writeFileSync(join(folder, path), String(Math.random()));
/** Makes a change and waits until it is told; gives all that was told by then. */
const told = async (path: string, make = () => write(path)): Promise<void> => {
  seen = [];
  make();
  await eventually(() => seen.includes(path), `${path} is told`);
};

describe('FolderWatch', () => {
  it('tells of files in every folder, again after each kind of save, and in folders that are new', async () => {
    watching.follow([join(folder, 'src')], []);
    await told('src/deep/a.ts');
    for (let i = 0; i < 3; i += 1) {
      await told('src/deep/a.ts', () => {
        write('src/deep/a.ts~');
        renameSync(join(folder, 'src/deep/a.ts~'), join(folder, 'src/deep/a.ts'));
      });
    }
    await told('src/new', () => mkdirSync(join(folder, 'src/new')));
    await told('src/new/b.ts');
    await told('src/new', () => {
      rmSync(join(folder, 'src/new'), { recursive: true });
      mkdirSync(join(folder, 'src/new'));
    });
    await told('src/new/b.ts');
    await told('src/new/b.ts', () => rmSync(join(folder, 'src/new/b.ts')));
  });

  it('passes over specs, what builds write, and what it was not asked for', async () => {
    watching.follow([join(folder, 'src')], [join(folder, 'one.json')]);
    await told('one.json');
    await told('src/z.ts', () => {
      for (const path of ['src/a.spec.ts', 'src/node_modules/x.js', 'src/a.ts~', 'other.json']) write(path);
      write('src/z.ts');
    });
    expect(new Set(seen)).toEqual(new Set(['src/z.ts']));
  });

  it('tells nothing more of what it follows no longer', async () => {
    watching.follow([join(folder, 'src/deep')], []);
    await told('src/deep/a.ts');
    watching.follow([], [join(folder, 'one.json')]);
    await told('one.json', () => {
      write('src/deep/a.ts');
      write('one.json');
    });
    expect(new Set(seen)).toEqual(new Set(['one.json']));
  });
});
