import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type { ResultPlace } from './result-place.ts';

/** A directory that all generators of a step can write to; made when something is first put there. */
export class DirectoryPlace implements ResultPlace {
  readonly location: string;
  readonly pollMs = 20;

  /** @param directory absolute */
  constructor(directory: string) {
    this.location = directory;
  }

  async put(name: string, text: string): Promise<void> {
    await mkdir(this.location, { recursive: true });
    await writeFileAtomic(this.#file(name), text);
  }

  /** `write-file-atomic` wants all of it at once; a long step's answers are hundreds of megabytes. */
  async putPieces(name: string, pieces: Iterable<Uint8Array>): Promise<void> {
    await mkdir(this.location, { recursive: true });
    const unnamed = this.#file(`.${name}.${randomUUID()}`);
    try {
      const handle = await open(unnamed, 'wx');
      try {
        for (const piece of pieces) await handle.appendFile(piece);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unnamed, this.#file(name));
    } catch (error) {
      await rm(unnamed, { force: true });
      throw error;
    }
  }

  async putIfAbsent(name: string, text: string): Promise<boolean> {
    await mkdir(this.location, { recursive: true });
    // Written first and named then: a link is made at once and by one process only, so nobody reads half of it.
    const unnamed = this.#file(`.${name}.${randomUUID()}`);
    await writeFile(unnamed, text);
    try {
      await link(unnamed, this.#file(name));
      return true;
    } catch (error) {
      if (hasCode(error, 'EEXIST')) return false;
      throw error;
    } finally {
      await rm(unnamed, { force: true });
    }
  }

  async get(name: string): Promise<string | null> {
    return readFile(this.#file(name), 'utf8').catch(nullIfAbsent);
  }

  async getBytes(name: string): Promise<Uint8Array | null> {
    return readFile(this.#file(name)).catch(nullIfAbsent);
  }

  async list(): Promise<string[]> {
    const entries = (await readdir(this.location, { withFileTypes: true }).catch(nullIfAbsent)) ?? [];
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map(({ name }) => name)
      .sort();
  }

  within(folder: string): ResultPlace {
    return new DirectoryPlace(path.join(this.location, folder));
  }

  #file(name: string): string {
    return path.join(this.location, name);
  }
}

function nullIfAbsent(error: unknown): null {
  if (hasCode(error, 'ENOENT')) return null;
  throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException).code === code;
}
