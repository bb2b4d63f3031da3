import { readdirSync, statSync, watch, type FSWatcher } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** What builds write, what nobody bundles, and what editors leave beside a file while they save it. */
const IGNORED =
  /^(node_modules|dist|cdk\.out|out-tsc|test-output|\.git|\.nx|4913)$|\.spec\.[cm]?[jt]sx?$|~$|\.sw[a-z]$/;

interface WatchedFolder {
  readonly watcher: FSWatcher;
  /** Tells a folder from another that took its place. */
  readonly inode: number;
  /** Files in it that count; `null`: all, and its folders. */
  names: ReadonlySet<string> | null;
}

/**
 * Tells of changes in folders and files. One watch for each folder: with `recursive`, Node 24 on Linux watches
 * every file by itself, and loses one that an editor saves by renaming, and a folder that a build makes anew.
 */
export class FolderWatch {
  readonly #onChange: (path: string) => void;
  readonly #watched = new Map<string, WatchedFolder>();
  #folders: readonly string[] = [];
  #files: readonly string[] = [];

  constructor(onChange: (path: string) => void) {
    this.#onChange = onChange;
  }

  /**
   * From now on tells of these, and no more of others.
   * @param folders with all folders in them
   * @param files by themselves; they may not be there yet, their folder must be
   */
  follow(folders: readonly string[], files: readonly string[]): void {
    this.#folders = folders;
    this.#files = files;
    this.#look();
  }

  close(): void {
    this.follow([], []);
  }

  #look(): void {
    const wanted = new Map<string, ReadonlySet<string> | null>();
    for (const file of this.#files) {
      const folder = dirname(file);
      wanted.set(folder, new Set([...(wanted.get(folder) ?? []), basename(file)]));
    }
    for (const folder of this.#folders) for (const each of withSubfolders(folder)) wanted.set(each, null);
    for (const [path, watched] of this.#watched) {
      if (!wanted.has(path) || inodeOf(path) !== watched.inode) this.#forget(path, watched);
    }
    for (const [path, names] of wanted) this.#watch(path, names);
  }

  #watch(path: string, names: ReadonlySet<string> | null): void {
    const watched = this.#watched.get(path);
    const inode = inodeOf(path);
    if (watched) watched.names = names;
    else if (inode !== null) {
      const watcher = watch(path, (event, name) => this.#changed(path, event, name));
      // A folder that goes away: the one above it tells.
      watcher.on('error', () => undefined);
      this.#watched.set(path, { watcher, inode, names });
    }
  }

  #forget(path: string, { watcher }: WatchedFolder): void {
    watcher.close();
    this.#watched.delete(path);
  }

  #changed(folder: string, event: string, name: string | null): void {
    const watched = this.#watched.get(folder);
    if (!watched || name === null || IGNORED.test(name)) return;
    if (event === 'rename') {
      // So a folder tells that it is gone itself. Another may be in its place, even with the same inode.
      if (name === basename(folder)) this.#forget(folder, watched);
      this.#look();
    }
    if (watched.names && !watched.names.has(name)) return;
    this.#onChange(join(folder, name));
  }
}

function withSubfolders(folder: string): readonly string[] {
  try {
    const inside = readdirSync(folder, { withFileTypes: true });
    const folders = inside.filter((entry) => entry.isDirectory() && !IGNORED.test(entry.name));
    return [folder, ...folders.flatMap(({ name }) => withSubfolders(join(folder, name)))];
  } catch {
    // It went away meanwhile.
    return [];
  }
}

function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
